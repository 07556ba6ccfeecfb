import { spawnSync } from "node:child_process";
import { lstatSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { BundleError } from "../failure";
import type { Files } from "./files";

/** The armour of private keys: PKCS #1, PKCS #8 and SEC 1 (RFC 7468), OpenSSH's and OpenPGP's. */
const privateKey = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/;

/**
 * Refuses private keys, whatever the file is called: a release is readable to everybody who may read the artifacts.
 *
 * @param files sources by their path in the repository or the release
 * @throws BundleError naming every file that holds one
 */
export function refusePrivateKeys(files: Files): void {
  const found = [...files].filter(([, bytes]) => privateKey.test(Buffer.from(bytes).toString("latin1")));
  if (found.length === 0) return;
  throw new BundleError(
    `${found.map(([path]) => path).join(", ")}: holds a private key, which cannot travel in a release`,
    "move it out of the sources; Airflow reads secrets from Secrets Manager (docs/airflow.md)",
  );
}

/**
 * Refuses symbolic links that lead out of the repository, or to something that is not a file.
 *
 * @param root the repository
 * @param paths of the sources, from there
 * @throws BundleError naming every such link
 */
export function refuseForeignLinks(root: string, paths: readonly string[]): void {
  const home = realpathSync(root) + sep;
  const foreign = paths.filter((path) => {
    const file = join(root, path);
    if (!lstatSync(file).isSymbolicLink()) return false;
    const target = realpathOf(file);
    return target === undefined || !target.startsWith(home) || !statSync(target).isFile();
  });
  if (foreign.length === 0) return;
  throw new BundleError(
    `${foreign.join(", ")}: a link to something that is not a file of the repository`,
    "replace the link by the file itself, or remove it",
  );
}

function realpathOf(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

/**
 * Returns those of the paths that git ignores; none outside a git repository.
 *
 * @param root the repository
 * @param paths from there
 */
export function ignoredByGit(root: string, paths: readonly string[]): ReadonlySet<string> {
  const input = paths.join("\0");
  const { stdout, status } = spawnSync("git", ["-C", root, "check-ignore", "-z", "--stdin"], { input });
  return new Set(status === 0 ? stdout.toString("utf8").split("\0").filter(Boolean) : []);
}
