import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { makeUnique } from "../../base/files";
import { layout } from "../../contracts/layout";
import { BundleError } from "../failure";
import type { Files } from "./files";

/** The file that makes a directory a release: written last, looked for first. */
export const MANIFEST = layout.release.manifest.name;

/**
 * Replaces the directory `out` with one of exactly these files. They are written beside it and moved there whole,
 * so that an interruption leaves either the old release or the new one.
 *
 * @throws BundleError when `out` holds something that is not a release
 */
export function replaceDirectory(out: string, files: Files): void {
  const target = resolve(out);
  refuseForeign(target);
  const part = makeUnique(join(dirname(target), `.${basename(target)}-`));
  try {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(part, path)), { recursive: true });
      writeFileSync(join(part, path), bytes);
    }
    moveInto(target, part);
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
  const names = readdirSync(target);
  if (names.length === 0 || names.includes(MANIFEST)) return;
  throw new BundleError(
    `${target} is not empty and holds no ${MANIFEST}: it would be replaced as a whole`,
    "name another directory with --out, or empty this one",
  );
}
