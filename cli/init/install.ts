import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "../../base/failure";
import { isDirectory, makeFolder, makeUnique, unwritable, writing } from "../../base/files";
import { withLock } from "../../base/lock";
import { ConfigurationError, type EnvironmentConfig, formatProblems, loadEnvironments } from "../../config";
import { shown } from "../places";

/** Files by name. */
export type Files = Readonly<Record<string, string>>;

/** @throws Failure that names the files that are there, unless they may be replaced, or a path that is not a folder */
export function refuseOverwriting(directory: string, names: readonly string[], force: boolean): void {
  if (existsSync(directory) && !isDirectory(directory))
    throw new Failure(
      `${shown(directory)} is not a folder; nothing was written`,
      "name a folder (--environments)",
    );
  const folder = names.find((name) => isDirectory(join(directory, name)));
  if (folder !== undefined)
    throw new Failure(
      `${shown(join(directory, folder))} is a folder; nothing was written`,
      "move it elsewhere, or name another folder (--environments)",
    );
  const there = names.filter((name) => existsSync(join(directory, name)));
  if (force || there.length === 0) return;
  throw new Failure(
    `${shown(directory)} has ${there.join(", ")} already; nothing was written`,
    "name another folder (--environments), or replace them (--force)",
  );
}

/**
 * Writes the files into a folder, beside what else is there, once all of them together are what `platform check`
 * accepts: it is tried on a copy first. Of several processes, one at a time does so.
 * @param force replace files that are there
 * @returns every environment of the folder
 * @throws Failure with every problem; the folder is then as it was
 */
export async function installChecked(
  directory: string,
  files: Files,
  force: boolean,
): Promise<EnvironmentConfig[]> {
  const path = resolve(directory);
  makeFolder(dirname(path));
  return withLock(join(dirname(path), `.${basename(path)}.lock`), () => {
    refuseOverwriting(directory, Object.keys(files), force);
    return install(directory, files);
  });
}

async function install(directory: string, files: Files): Promise<EnvironmentConfig[]> {
  const copy = makeUnique(`${directory}.new-`);
  try {
    writing(directory, () => {
      if (existsSync(directory)) cpSync(directory, copy, { recursive: true });
      for (const [name, text] of Object.entries(files)) writeFileSync(join(copy, name), text);
    });
    const configs = await check(copy, directory);
    if (existsSync(directory)) replaceAll(copy, directory, Object.keys(files));
    else placeNew(copy, directory);
    return configs;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function check(copy: string, directory: string): Promise<EnvironmentConfig[]> {
  try {
    return await loadEnvironments(copy);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const told = formatProblems(error.problems);
    console.error(told.replaceAll(copy, directory).replaceAll(shown(copy), shown(directory)));
    throw new Failure("these answers do not go together; nothing was written");
  }
}

/** Temporary folders are their owner's alone; what they become is as open as any other folder. */
function placeNew(from: string, to: string): void {
  renameSync(from, to);
  chmodSync(to, 0o777 & ~process.umask());
}

/** Moves files over those of a folder: all of them, or, should the disk refuse one, none. */
function replaceAll(from: string, to: string, names: readonly string[]): void {
  const before = new Map(names.map((name) => [name, textOf(join(to, name))]));
  try {
    for (const name of names) renameSync(join(from, name), join(to, name));
  } catch (error) {
    for (const [name, text] of before) {
      if (text === undefined) rmSync(join(to, name), { force: true });
      else writeFileSync(join(to, name), text);
    }
    throw unwritable(to, error);
  }
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
