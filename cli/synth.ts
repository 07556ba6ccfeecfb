import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { Failure } from "../base/failure";
import { followLinks, makeFolder, unwritable, writeWhole, writing } from "../base/files";
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
 * @throws Failure when `outdir` holds a folder `stacks`, or one of a stack, that no synthesis has written
 */
export async function synthesizeAll(configs: readonly EnvironmentConfig[], outdir: string): Promise<Stack[]> {
  requireOwnFolder(outdir);
  const { synthesize } = await import("../main");
  const staged = scratchFolder("synth");
  try {
    writing(staged, () => synthesize([...configs], staged));
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

/** CDKTF's list of the stacks in a folder. */
interface Manifest {
  readonly stacks: Readonly<Record<string, unknown>>;
}

/** The manifest that an earlier synthesis wrote into a folder; without stacks where there is none. */
function readManifest(folder: string): Manifest {
  try {
    const { stacks, ...rest } = JSON.parse(
      readFileSync(join(folder, "manifest.json"), "utf8"),
    ) as Partial<Manifest>;
    return { ...rest, stacks: stacks ?? {} };
  } catch {
    return { stacks: {} };
  }
}

function isNotEmpty(path: string): boolean {
  return existsSync(path) && (!isFolder(path) || readdirSync(path).length > 0);
}

function requireOwnFolder(outdir: string): void {
  const folder = join(outdir, "stacks");
  const isForeign = Object.keys(readManifest(outdir).stacks).length === 0;
  if (existsSync(join(outdir, "manifest.json")) && isForeign)
    throw new Failure(
      `${shown(join(outdir, "manifest.json"))} was not written by a synthesis; nothing was changed`,
      "choose another folder: a synthesis replaces manifest.json and the folder `stacks` of the one it writes to",
    );
  if (!existsSync(folder) || !isForeign) return;
  const foreign = isFolder(folder)
    ? readdirSync(folder).filter((name) => isNotEmpty(join(folder, name)))
    : ["something that is not a folder"];
  if (foreign.length === 0) return;
  const [first, second, third, ...more] = foreign;
  const named = [first, second, third, more.length > 0 ? `${more.length} more` : undefined];
  throw new Failure(
    `${shown(folder)} was not written by a synthesis: it holds ${named.filter(Boolean).join(", ")}; nothing was changed`,
    "choose another folder: a synthesis replaces the folder `stacks` of the one it writes to",
  );
}

/** Refuses to write over a stack's folder that no earlier synthesis wrote, or that is elsewhere. */
function requireOwnStacks(outdir: string, stacks: readonly string[], earlier: readonly string[]): void {
  const folder = join(outdir, "stacks");
  for (const path of [folder, ...[...stacks, ...earlier].map((name) => join(folder, name))]) {
    const target = followLinks(path);
    if (relative(followLinks(outdir), target).startsWith(".."))
      throw new Failure(
        `${shown(path)} is a symbolic link to ${target}, outside ${shown(outdir)}; nothing was changed`,
        "remove the link, or choose another folder",
      );
  }
  const foreign = stacks.find((name) => !earlier.includes(name) && isNotEmpty(join(folder, name)));
  if (foreign !== undefined)
    throw new Failure(
      `${shown(join(folder, foreign))} was not written by a synthesis; nothing was changed`,
      "move it elsewhere, or choose another folder: a synthesis replaces the folder of each of its stacks",
    );
}

function install(staged: string, outdir: string): void {
  const stacks = readdirSync(join(staged, "stacks"));
  makeFolder(outdir);
  const manifest = readManifest(outdir);
  const earlier = Object.keys(manifest.stacks);
  requireOwnStacks(outdir, stacks, earlier);
  const folder = join(outdir, "stacks");
  makeFolder(folder);
  announce(staged, outdir, manifest);
  for (const stack of stacks) {
    const directory = join(folder, stack);
    makeFolder(directory);
    for (const file of readdirSync(join(staged, "stacks", stack))) {
      replace(join(staged, "stacks", stack, file), join(directory, file));
    }
    removeAbandoned(directory);
  }
  for (const stack of earlier) {
    if (!stacks.includes(stack) && isFolder(join(folder, stack))) removeStale(join(folder, stack));
  }
  replace(join(staged, "manifest.json"), join(outdir, "manifest.json"));
}

/** Names the new stacks in the manifest before they are written: if this is killed, the next synthesis knows them. */
function announce(staged: string, outdir: string, earlier: Manifest): void {
  const later = readManifest(staged);
  if (Object.keys(later.stacks).every((name) => name in earlier.stacks)) return;
  const stacks = { ...earlier.stacks, ...later.stacks };
  writeWhole(join(outdir, "manifest.json"), JSON.stringify({ ...later, stacks }, undefined, 2));
}

/** Moves a file over another, unless they are equal: unchanged files keep their time. */
function replace(from: string, to: string): void {
  if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) return;
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw unwritable(to, error);
    // Another file system: copied beside the target, so that the last step is a rename again.
    const part = `${to}.${process.pid}.part`;
    try {
      copyFileSync(from, part);
      renameSync(part, to);
    } catch (failed) {
      throw unwritable(to, failed);
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
