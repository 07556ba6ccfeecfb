import { rmSync } from "node:fs";
import { Failure } from "../../base/failure";
import type { Revision } from "../../review/compare";
import { readSynthesis, type SynthesizedStack } from "../../review/read";
import { loadChecked } from "../environments";
import { commitOf, findMain, git, shortCommit, unknownRevision } from "../git";
import { isFolder } from "../places";
import { scratchFolder } from "../scratch";
import { synthesisOf } from "./worktree";

/** Tells the user, on the side of the review itself. */
export function tell(text: string): void {
  console.error(text);
}

/**
 * The revision that changes are compared with: a folder of synthesized stacks, or a commit.
 *
 * @param named what `--base` says; without it, where this branch left the main one
 * @throws Failure when it is neither
 */
export async function baseRevision(named: string | undefined): Promise<Revision> {
  if (named !== undefined) return namedRevision(named, "--base");
  const commit = findMain();
  if (commit !== undefined) return { name: `main at ${shortCommit(commit)}`, stacks: await stacksOf(commit) };
  if (git("rev-parse", "--git-dir") === undefined) {
    throw new Failure(
      "this is not a git repository, or git is not installed: there is no main branch to compare with",
      "name a folder that ./platform synth --out has written, with --base",
    );
  }
  throw new Failure("there is no main branch to compare with", "name a commit or a folder with --base");
}

/** The revision that is reviewed: the working tree, unless another is named. */
export async function headRevision(named: string | undefined, environments: string): Promise<Revision> {
  if (named !== undefined) return namedRevision(named, "--head");
  const changed = (git("status", "--porcelain") ?? "").split("\n").filter((line) => line !== "").length;
  const files = changed === 1 ? "one file" : `${changed} files`;
  if (changed > 0) tell(`reviewing the working tree, with ${files} that no commit has`);
  return { name: "working tree", stacks: await synthesizeHere(environments) };
}

async function namedRevision(named: string, option: string): Promise<Revision> {
  if (isFolder(named)) return { name: named, stacks: read(named, option) };
  const commit = commitOf(named);
  if (commit !== undefined) return { name: named, stacks: await stacksOf(commit) };
  throw unknownRevision(option, named);
}

function read(folder: string, option: string): SynthesizedStack[] {
  try {
    return readSynthesis(folder);
  } catch (error) {
    const remedy = "name a folder that ./platform synth --out has written";
    throw new Failure(`${option}: ${error instanceof Error ? error.message : error}`, remedy);
  }
}

async function stacksOf(commit: string): Promise<SynthesizedStack[]> {
  return readSynthesis(await synthesisOf(commit, tell));
}

/** Synthesizes what is here beside cdktf.out, which a review leaves as it is. */
async function synthesizeHere(environments: string): Promise<SynthesizedStack[]> {
  const [configs, { synthesize }] = await Promise.all([loadChecked(environments), import("../../main")]);
  const outdir = scratchFolder("synth");
  try {
    synthesize(configs, outdir);
    return readSynthesis(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
