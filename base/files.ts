import { mkdirSync, mkdtempSync, type Stats, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import { Failure } from "./failure";

/**
 * Writes a file whole or not at all, whoever reads or is interrupted meanwhile, and makes its folder if missing. A pipe
 * or a device, such as `/dev/stdout`, is written to and stays what it is.
 *
 * @throws Failure that names the file and the reason
 */
export function writeWhole(file: string, content: string | Uint8Array, mode?: number): void {
  makeFolder(dirname(file));
  const there = statOf(file);
  if (there?.isDirectory()) throw new Failure(`${file}: is a folder`, "name a file in it");
  const bytes = content instanceof Uint8Array ? Buffer.from(content) : content;
  try {
    if (there !== undefined && !there.isFile()) writeFileSync(file, bytes);
    else writeFileAtomic(file, bytes, mode ? { mode } : {});
  } catch (error) {
    throw refused(file, "the file cannot be written", "choose another place, or make room", error);
  }
}

/** What the system calls the reasons for which no folder can be made. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up",
  EEXIST: "a file of that name exists",
  ENOENT: "this file system has no folders of one's own",
  ENOSPC: "the disk is full",
  ENOTDIR: "part of the path is a file",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
};

/**
 * Makes a folder with its parents; does nothing where it exists. One level after the other: Node's recursive `mkdir`
 * never returns on file systems such as `/proc`.
 *
 * @param mode permissions of the folders that are made
 * @throws Failure that names the folder and the reason
 */
export function makeFolder(folder: string, mode = 0o777): void {
  const path = resolve(folder);
  if (isDirectory(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (isDirectory(path)) return;
    throw refused(path, "the folder cannot be made", "choose another folder", error);
  }
}

/**
 * Makes an empty folder of its own, whose name begins with `prefix` and is unique.
 *
 * @throws Failure that names the place and the reason
 */
export function makeUnique(prefix: string): string {
  makeFolder(dirname(prefix));
  try {
    return mkdtempSync(prefix);
  } catch (error) {
    throw refused(dirname(resolve(prefix)), "no folder can be made in it", "choose another place", error);
  }
}

function refused(path: string, what: string, remedy: string, cause: unknown): Failure {
  const { code = "", message } = cause as NodeJS.ErrnoException;
  return new Failure(`${path}: ${what}: ${reasons[code] ?? message}`, remedy, 1, { cause });
}

function isDirectory(path: string): boolean {
  return statOf(path)?.isDirectory() === true;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
