import { existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Failure } from "../failure";
import { commitOf, findMain, git, shortCommit } from "../git";
import { places } from "../places";

/** Where the contracts are, in a repository and in a commit of it. */
const CONTRACTS = "etl/contracts";

/** The contracts in use. */
export interface Base {
  /** As people know it. */
  readonly name: string;
  readonly directory: string;
  /** Paths in messages are relative to it. */
  readonly root: string;
  /** Whether `root` was made for this check, and is to be removed after it. */
  readonly isCopy: boolean;
}

/**
 * Finds the contracts to compare with. Without a name it is where this branch left the main one, so that what was
 * merged there meanwhile is not taken for a change of this branch; undefined where that cannot be told, in a clone
 * without history for example.
 *
 * @param named a folder or a commit
 * @throws Failure when it is neither
 */
export function findBase(named: string | undefined): Base | undefined {
  if (named !== undefined && isDirectory(named)) return folder(named);
  const commit = named === undefined ? findMain() : commitOf(named);
  if (commit !== undefined) return copyOf(commit, named ?? `main at ${shortCommit(commit)}`);
  if (named === undefined) return undefined;
  throw new Failure(
    `--base ${named}: there is neither such a folder nor such a commit here`,
    "name a folder, a branch, a tag or a commit; in a shallow clone fetch it first",
  );
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A folder of contracts, or one that has them where a repository does. */
function folder(named: string): Base {
  const root = resolve(named);
  const inside = join(root, CONTRACTS);
  return { name: named, directory: existsSync(inside) ? inside : root, root, isCopy: false };
}

function copyOf(commit: string, name: string): Base {
  mkdirSync(places.build, { recursive: true });
  const root = mkdtempSync(join(places.build, "contracts-"));
  const files = git("ls-tree", "-r", "--name-only", "-z", commit, "--", CONTRACTS)?.split("\0") ?? [];
  for (const file of files.filter((path) => path.endsWith(".yaml"))) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `${git("show", `${commit}:${file}`) ?? ""}\n`);
  }
  return { name, directory: join(root, CONTRACTS), root, isCopy: true };
}
