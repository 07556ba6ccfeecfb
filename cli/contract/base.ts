import { existsSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { makeFolder } from "../../base/files";
import { commitOf, findMain, git, shortCommit, unknownRevision } from "../git";
import { isFolder } from "../places";
import { scratchFolder } from "../scratch";

/** Where the contracts are, in a repository and in a commit of it. */
const CONTRACTS = "contracts";
/** Where they were before; branches that left the main one then are still compared with it. */
const FORMERLY = "etl/contracts";

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
  if (named !== undefined && isFolder(named)) return folder(named);
  const commit = named === undefined ? findMain() : commitOf(named);
  if (commit !== undefined) return copyOf(commit, named ?? `main at ${shortCommit(commit)}`);
  if (named === undefined) return undefined;
  throw unknownRevision("--base", named);
}

/** A folder of contracts, or one that has them where a repository does. */
function folder(named: string): Base {
  const root = resolve(named);
  const inside = [CONTRACTS, FORMERLY].map((path) => join(root, path)).find(existsSync);
  return { name: named, directory: inside ?? root, root, isCopy: false };
}

function copyOf(commit: string, name: string): Base {
  const root = scratchFolder("contracts");
  const files = contractsOf(commit, CONTRACTS);
  const [place, found] = files.length > 0 ? [CONTRACTS, files] : [FORMERLY, contractsOf(commit, FORMERLY)];
  for (const file of found) {
    makeFolder(dirname(join(root, file)));
    writeFileSync(join(root, file), `${git("show", `${commit}:${file}`) ?? ""}\n`);
  }
  return { name, directory: join(root, place), root, isCopy: true };
}

function contractsOf(commit: string, folder: string): string[] {
  const files = git("ls-tree", "-r", "--name-only", "-z", commit, "--", folder)?.split("\0") ?? [];
  return files.filter((path) => path.endsWith(".yaml"));
}
