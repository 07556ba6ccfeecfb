import { execFileSync } from "node:child_process";
import { Failure } from "../base/failure";
import { places } from "./places";

/** Where what is in use is looked for when nobody says: a clone's own branch last. */
const branches = ["origin/main", "main"];

/** What git answers; undefined when it is not there, or refuses. */
export function git(...args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, {
      cwd: places.root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trimEnd();
  } catch {
    return undefined;
  }
}

/** The commit that a branch, a tag or a commit names; undefined when none does. */
export function commitOf(name: string): string | undefined {
  return git("rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`);
}

/**
 * Where this branch left the main one, so that what was merged there meanwhile is not taken for a change of this
 * branch; undefined where that cannot be told, in a clone without history for example.
 */
export function findMain(): string | undefined {
  const branch = branches.find((name) => commitOf(name) !== undefined);
  if (branch === undefined) return undefined;
  return git("merge-base", "HEAD", branch) ?? commitOf(branch);
}

/** Refuses what an option names as a revision, which is neither a folder nor a commit. */
export function unknownRevision(option: string, named: string): Failure {
  return new Failure(
    `${option} ${named}: there is neither such a folder nor such a commit here`,
    "name a folder, a branch, a tag or a commit; in a shallow clone fetch it first",
  );
}

/** A commit as people write it. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 12);
}
