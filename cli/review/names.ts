import { existsSync, readdirSync } from "node:fs";
import { Failure } from "../../base/failure";
import { readSynthesis } from "../../review/read";
import { commitOf, findMain, git } from "../git";
import { isFolder } from "../places";

/** What an account has once belongs to this one. */
const ACCOUNT = "account";
const ENDING = ".tfvars";

/**
 * Refuses an environment that neither side has, before a side is synthesized.
 *
 * @param environments folder of the working tree's environments
 * @throws Failure that names the environments there are
 */
export function requireEnvironments(
  names: readonly string[],
  { base, head }: { readonly base?: string; readonly head?: string },
  environments: string,
): void {
  const main = base ?? findMain();
  const sides = [
    main === undefined ? undefined : namesAt(main),
    head === undefined ? namesIn(environments) : namesAt(head),
  ];
  // A side that cannot be read is refused by who reads it.
  if (sides.includes(undefined)) return;
  const known = [...new Set([ACCOUNT, ...sides.flatMap((side) => side ?? [])])].sort();
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new Failure(`no environment is called "${unknown}"`, `there are ${known.join(", ")}`);
}

/** The environments of a synthesized folder, or of a commit; undefined for what is neither. */
function namesAt(revision: string): string[] | undefined {
  if (isFolder(revision)) return synthesizedNames(revision);
  const commit = commitOf(revision);
  const listed = commit === undefined ? undefined : git("ls-tree", "--name-only", `${commit}:environments`);
  return listed === undefined ? undefined : withoutEnding(listed.split("\n"));
}

function synthesizedNames(folder: string): string[] | undefined {
  try {
    return readSynthesis(folder).map(({ environment }) => environment);
  } catch {
    return undefined;
  }
}

function namesIn(environments: string): string[] | undefined {
  return existsSync(environments) ? withoutEnding(readdirSync(environments)) : undefined;
}

function withoutEnding(files: readonly string[]): string[] {
  return files.filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length));
}
