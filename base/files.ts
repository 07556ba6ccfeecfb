import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "./failure";

/**
 * Writes a file whole or not at all, whoever reads or is interrupted meanwhile, and makes its folder if missing. A pipe
 * or a device, such as `/dev/stdout`, is written to and stays what it is; of a symbolic link the target is written.
 *
 * @param mode permissions of the file; by default, those of the file that it replaces
 * @throws Failure that names the file and the reason
 */
export function writeWhole(file: string, content: string | Uint8Array, mode?: number): void {
  makeFolder(dirname(file));
  const there = statOf(file);
  if (there?.isDirectory()) throw new Failure(`${file}: is a folder`, "name a file in it");
  writing(file, () => {
    if (there !== undefined && !there.isFile()) writeFileSync(file, content);
    else replaceFile(followLinks(file), content, mode, there);
  });
}

/** Writes a temporary file in the same folder and moves it over the file: the disk may be full at any byte. */
function replaceFile(
  target: string,
  content: string | Uint8Array,
  mode: number | undefined,
  there: Stats | undefined,
): void {
  const part = join(dirname(target), `.part-${process.pid}-${randomUUID()}`);
  const permissions = mode ?? there?.mode;
  try {
    const descriptor = openSync(part, "wx", permissions ?? 0o666);
    try {
      writeFileSync(descriptor, content);
      if (there !== undefined) keepOwner(descriptor, there);
      if (permissions !== undefined) fchmodSync(descriptor, permissions & 0o7777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** Only root may give files away: for anybody else the file becomes their own. */
function keepOwner(descriptor: number, { uid, gid }: Stats): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch (error) {
    if (!["EPERM", "ENOSYS", "EINVAL"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/**
 * Runs work that writes a file or a folder.
 *
 * @throws Failure that names the path and the reason when the system refuses it
 */
export function writing<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** What the system calls the reasons for which no folder can be made. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up",
  EEXIST: "a file of that name exists",
  EFBIG: "the file is larger than this process may write",
  EISDIR: "a folder of that name exists",
  ENOENT: "this file system has no folders of one's own",
  ENOSPC: "the disk is full",
  ELOOP: "its symbolic links lead in a circle",
  ENOTDIR: "part of the path is a file",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
};

/** What to do about them; anything else is a matter of the path. */
const remedies: Readonly<Record<string, string>> = {
  EISDIR: "move that folder elsewhere, or choose another one",
  EDQUOT: "free some space, or choose another folder",
  EFBIG: "raise the limit (ulimit -f), or choose another folder",
  ENOSPC: "free some space, or choose another folder",
};

/** How systems say in words what `reasons` has by code: Java and Python put them into their own messages. */
const words: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/no space left on device|ENOSPC/i, "ENOSPC"],
  [/disk quota exceeded|EDQUOT/i, "EDQUOT"],
  [/read-only file system|EROFS/i, "EROFS"],
  [/permission denied|EACCES/i, "EACCES"],
];

/** The fault of a system that a text is about, and what to do; undefined when it is about none. */
export function systemFault(text: string): { readonly reason: string; readonly remedy: string } | undefined {
  const code = words.find(([pattern]) => pattern.test(text))?.[1];
  return code === undefined
    ? undefined
    : { reason: reasons[code] ?? code, remedy: remedies[code] ?? otherPlace };
}

/** What to do where no other remedy is known. */
const otherPlace = "choose a folder that you may write to";

/** Codes of errors that only writing meets. */
const ofWriting = ["EDQUOT", "EFBIG", "ENOSPC", "EROFS"];

/** The failure behind an error of the system that names no file, or only in its fields; undefined for any other. */
export function fullDisk(error: NodeJS.ErrnoException & { readonly dest?: string }): Failure | undefined {
  const { code = "", dest, path, syscall } = error;
  if (syscall === undefined || !ofWriting.includes(code)) return undefined;
  const file = dest ?? path;
  const what = file === undefined ? "a file cannot be written" : `${resolve(file)}: cannot be written`;
  return refused(what, otherPlace, error);
}

/** Turns an error of the system into a failure that names the path and the remedy; returns any other error as it is. */
export function unwritable(file: string, error: unknown): unknown {
  const { code = "" } = error as NodeJS.ErrnoException;
  return code in reasons ? refused(`${resolve(file)}: cannot be written`, otherPlace, error) : error;
}

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
    throw refused(`${path}: the folder cannot be made`, "choose another folder", error);
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
    throw refused(`${dirname(resolve(prefix))}: no folder can be made in it`, "choose another place", error);
  }
}

/** @param remedy where the system's reason has none of its own */
function refused(what: string, remedy: string, cause: unknown): Failure {
  const { code = "", message } = cause as NodeJS.ErrnoException;
  return new Failure(`${what}: ${reasons[code] ?? message}`, remedies[code] ?? remedy, 1, { cause });
}

/**
 * Resolves a path through its symbolic links, also one whose last link leads to nothing yet.
 *
 * @throws Failure when the links lead in a circle
 */
export function followLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw unwritable(path, error);
  }
  const absolute = resolve(path);
  const parent = existsSync(dirname(absolute)) ? realpathSync(dirname(absolute)) : dirname(absolute);
  const link = lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink();
  return link ? followLinks(resolve(parent, readlinkSync(absolute))) : join(parent, basename(absolute));
}

/** Whether there is a folder at a path. */
export function isDirectory(path: string): boolean {
  return statOf(path)?.isDirectory() === true;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
