import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentConfig } from "../config";
import { scratchFolder } from "./scratch";
import { OVERRIDES } from "./terraform/override";
import { readStacks, STACK_FILE, type Stack } from "./terraform/stacks";

/**
 * Synthesizes every stack of every environment into `outdir`. It is done beside it and moved in at the end, so
 * that a failure leaves what was there. In a stack's folder only CDKTF's files are replaced: Terraform's own files
 * and anybody's `*_override.tf.json` stay. Folders of stacks that are gone are removed, unless one holds a state.
 * @returns the stacks, each after those it depends on
 */
export async function synthesizeAll(configs: readonly EnvironmentConfig[], outdir: string): Promise<Stack[]> {
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

function install(staged: string, outdir: string): void {
  const stacks = readdirSync(join(staged, "stacks"));
  mkdirSync(join(outdir, "stacks"), { recursive: true });
  for (const stack of stacks) {
    const directory = join(outdir, "stacks", stack);
    mkdirSync(directory, { recursive: true });
    for (const file of readdirSync(join(staged, "stacks", stack))) {
      replace(join(staged, "stacks", stack, file), join(directory, file));
    }
    for (const name of Object.values(OVERRIDES)) rmSync(join(directory, name), { force: true });
  }
  for (const stack of readdirSync(join(outdir, "stacks"))) {
    if (!stacks.includes(stack)) removeStale(join(outdir, "stacks", stack));
  }
  replace(join(staged, "manifest.json"), join(outdir, "manifest.json"));
}

/** Moves a file over another, unless they are equal: unchanged files keep their time. */
function replace(from: string, to: string): void {
  if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) return;
  renameSync(from, to);
}

function removeStale(directory: string): void {
  if (existsSync(join(directory, "terraform.tfstate"))) {
    rmSync(join(directory, STACK_FILE), { force: true });
    console.error(
      `${directory}: the stack is gone, but its folder holds a Terraform state; look at it and remove it`,
    );
    return;
  }
  rmSync(directory, { recursive: true, force: true });
}
