import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { followLinks, isDirectory, makeUnique, writing } from "../../base/files";
import { layout } from "../../contracts/layout";
import { BundleError } from "../failure";
import type { Files } from "./files";
import { parseManifest } from "./manifest";

/** The file that makes a directory a release: written last, looked for first. */
export const MANIFEST = layout.release.manifest.name;

/**
 * Replaces the directory `out` with one of exactly these files. They are written beside it and moved there whole,
 * so that an interruption leaves either the old release or the new one. A symbolic link is followed, and stays one.
 *
 * @throws BundleError when `out` holds something other than a release
 */
export function replaceDirectory(out: string, files: Files): void {
  const target = followLinks(out);
  refuseForeign(target);
  const part = makeUnique(join(dirname(target), `.${basename(target)}-`));
  try {
    writing(target, () => {
      for (const [path, bytes] of files) {
        mkdirSync(dirname(join(part, path)), { recursive: true });
        writeFileSync(join(part, path), bytes);
      }
      moveInto(target, part);
    });
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

function moveInto(target: string, part: string): void {
  const old = `${part}-old`;
  if (existsSync(target)) renameSync(target, old);
  renameSync(part, target);
  rmSync(old, { recursive: true, force: true });
}

function refuseForeign(target: string): void {
  if (!existsSync(target)) return;
  const remedy = "name another directory with --out, or empty this one";
  if (!isDirectory(target)) throw new BundleError(`${target} is not a folder`, "name a folder with --out");
  const names = readdirSync(target);
  if (names.length === 0) return;
  if (!names.includes(MANIFEST))
    throw new BundleError(
      `${target} is not empty and holds no ${MANIFEST}: it would be replaced as a whole`,
      remedy,
    );
  const manifest = parseManifest(readFileSync(join(target, MANIFEST), "utf8"));
  if (manifest === undefined)
    throw new BundleError(`${target}: its ${MANIFEST} is not that of a release; nothing was changed`, remedy);
  const known = new Set([MANIFEST, ...Object.keys(manifest.files)]);
  const foreign = pathsBelow(target).find((path) => !known.has(path) && !isCompiled(path));
  if (foreign !== undefined)
    throw new BundleError(
      `${target} also holds ${foreign}, which its ${MANIFEST} does not list; nothing was changed`,
      `move ${foreign} elsewhere, or name another directory with --out`,
    );
}

/** Every path below a directory but the directories; symbolic links are not followed. */
function pathsBelow(directory: string, prefix = ""): string[] {
  return readdirSync(join(directory, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    return entry.isDirectory() ? pathsBelow(directory, `${path}/`) : [path];
  });
}

/** Whether a file is one that Python leaves beside the modules it imports. */
function isCompiled(path: string): boolean {
  return /(^|\/)__pycache__\/[^/]+\.pyc$/.test(path);
}
