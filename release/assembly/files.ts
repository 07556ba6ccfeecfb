import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { byCodeUnit } from "../../base/canonical-json";

/** Files of a release or an archive: their bytes by path, with forward slashes. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Paths below `directory`, sorted, without caches, tests and hidden files, but with `.airflowignore`. */
export function listFiles(directory: string): string[] {
  return walk(directory, "").sort(byCodeUnit);
}

/** Reads the named files below `directory`, and puts them below `prefix`. */
export function readFiles(directory: string, paths: readonly string[], prefix = ""): Map<string, Uint8Array> {
  return new Map(paths.map((path) => [`${prefix}${path}`, readFileSync(join(directory, path))]));
}

/** The same files in the order of their paths, which is the same on every machine. */
export function sortedFiles(files: Files): Map<string, Uint8Array> {
  return new Map([...files].sort(([a], [b]) => byCodeUnit(a, b)));
}

function walk(directory: string, prefix: string): string[] {
  return readdirSync(join(directory, prefix), { withFileTypes: true }).flatMap((entry) => {
    if (isLeftOut(entry.name)) return [];
    const path = `${prefix}${entry.name}`;
    return entry.isDirectory() ? walk(directory, `${path}/`) : [path];
  });
}

function isLeftOut(name: string): boolean {
  if (name === ".airflowignore") return false;
  return name.startsWith(".") || ["__pycache__", "tests"].includes(name) || name.endsWith(".pyc");
}
