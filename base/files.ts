import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import { Failure } from "./failure";

/** Writes a file whole or not at all, whoever reads or is interrupted meanwhile, and makes its folder if missing. */
export function writeWhole(file: string, content: string | Uint8Array, mode?: number): void {
  makeFolder(dirname(file));
  writeFileAtomic(file, content instanceof Uint8Array ? Buffer.from(content) : content, mode ? { mode } : {});
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
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new Failure(
      `${path}: the folder cannot be made: ${reasons[code] ?? message}`,
      "choose another folder",
      1,
      {
        cause: error,
      },
    );
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
