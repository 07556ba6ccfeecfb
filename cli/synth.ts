import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../base/failure";
import { makeFolder } from "../base/files";
import type { EnvironmentConfig } from "../config";
import { isFolder, shown } from "./places";
import { scratchFolder } from "./scratch";
import { OVERRIDES, removeAbandoned } from "./terraform/override";
import { readStacks, STACK_FILE, type Stack } from "./terraform/stacks";

/**
 * Synthesizes every stack of every environment into `outdir`. It is done aside and moved in at the end, so
 * that a failure leaves what was there. In a stack's folder only CDKTF's files are replaced: Terraform's own files
 * and anybody's `*_override.tf.json` stay. Of stacks that are gone the synthesized files are removed.
 *
 * @returns the stacks, each after those it depends on
 * @throws Failure when `outdir` holds a folder `stacks` that no synthesis has written
 */
export async function synthesizeAll(configs: readonly EnvironmentConfig[], outdir: string): Promise<Stack[]> {
  requireOwnFolder(outdir);
  const { synthesize } = await import("../main");
  const staged = scratchFolder("synth");
  try {
    synthesize([...configs], staged);
    install(staged, outdir);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
  return readStacks(outdir);
}

/** Terraform's own files in a stack's folder, which it makes again. */
const ofTerraform = /^\.terraform/;

/** Files that a synthesis, or Terraform after it, leaves in a stack's folder. */
function isGenerated(name: string): boolean {
  return (
    name === STACK_FILE || ofTerraform.test(name) || (Object.values(OVERRIDES) as string[]).includes(name)
  );
}

/** Stacks that an earlier synthesis wrote into a folder; none where it has no manifest. */
function earlierStacks(outdir: string): ReadonlySet<string> {
  const file = join(outdir, "manifest.json");
  if (!existsSync(file)) return new Set();
  try {
    const { stacks = {} } = JSON.parse(readFileSync(file, "utf8")) as { readonly stacks?: object };
    return new Set(Object.keys(stacks));
  } catch {
    return new Set();
  }
}

/** Whether a folder holds a synthesized stack, and nothing of anybody else. */
function isSynthesized(directory: string): boolean {
  const names = isFolder(directory) ? readdirSync(directory) : [];
  return names.includes(STACK_FILE) && names.every(isGenerated);
}

/** A synthesis that was killed may have left stacks without a manifest: they are its own, too. */
function requireOwnFolder(outdir: string): void {
  const folder = join(outdir, "stacks");
  if (existsSync(join(outdir, "manifest.json")) && earlierStacks(outdir).size === 0)
    throw new Failure(
      `${shown(join(outdir, "manifest.json"))} was not written by a synthesis; nothing was changed`,
      "choose another folder: a synthesis replaces manifest.json and the folder `stacks` of the one it writes to",
    );
  if (!existsSync(folder) || earlierStacks(outdir).size > 0) return;
  const foreign = isFolder(folder)
    ? readdirSync(folder).filter((name) => !isSynthesized(join(folder, name)))
    : ["something that is not a folder"];
  if (foreign.length === 0) return;
  const [first, second, third, ...more] = foreign;
  const named = [first, second, third, more.length > 0 ? `${more.length} more` : undefined];
  throw new Failure(
    `${shown(folder)} was not written by a synthesis: it holds ${named.filter(Boolean).join(", ")}; nothing was changed`,
    "choose another folder: a synthesis replaces the folder `stacks` of the one it writes to",
  );
}

function install(staged: string, outdir: string): void {
  const stacks = readdirSync(join(staged, "stacks"));
  const folder = join(outdir, "stacks");
  makeFolder(folder);
  const earlier = earlierStacks(outdir);
  const gone = readdirSync(folder).filter(
    (name) => !stacks.includes(name) && (earlier.has(name) || isSynthesized(join(folder, name))),
  );
  for (const stack of stacks) {
    const directory = join(folder, stack);
    makeFolder(directory);
    for (const file of readdirSync(join(staged, "stacks", stack))) {
      replace(join(staged, "stacks", stack, file), join(directory, file));
    }
    removeAbandoned(directory);
  }
  for (const stack of gone) removeStale(join(folder, stack));
  replace(join(staged, "manifest.json"), join(outdir, "manifest.json"));
}

/** Moves a file over another, unless they are equal: unchanged files keep their time. */
function replace(from: string, to: string): void {
  if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) return;
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    // Another file system: copied beside the target, so that the last step is a rename again.
    const part = `${to}.${process.pid}.part`;
    try {
      copyFileSync(from, part);
      renameSync(part, to);
    } finally {
      rmSync(part, { force: true });
    }
  }
}

/** Removes what was generated for a stack that is gone. What somebody else has put there stays, and is named. */
function removeStale(directory: string): void {
  for (const name of readdirSync(directory).filter(isGenerated)) {
    rmSync(join(directory, name), { recursive: true, force: true });
  }
  const rest = readdirSync(directory);
  if (rest.length === 0) rmdirSync(directory);
  else
    console.error(
      `${directory}: the stack is gone, but its folder holds ${rest.join(", ")}; look at it and remove it`,
    );
}
