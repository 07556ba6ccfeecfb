import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { byCodeUnit } from "../../base/canonical-json";
import { ContractFile } from "./place";

/** The extension of contract files. */
export const EXTENSION = ".odcs.yaml";

/** The contract files of a directory. */
export interface ContractSources {
  /** What comes in. */
  readonly datasets: readonly ContractFile[];
  /** What is made of it. */
  readonly marts: readonly ContractFile[];
}

/**
 * Reads the contracts of a directory: those of datasets from its folder `datasets` and from the directory itself, those
 * of marts from its folder `marts`. Each may be missing.
 *
 * @param root paths in messages are relative to it
 */
export function readSources(directory: string, root: string): ContractSources {
  const datasets = [...readFiles(directory, root), ...readFiles(join(directory, "datasets"), root)];
  return { datasets, marts: readFiles(join(directory, "marts"), root) };
}

/** The name that a contract file gives to what it describes. */
export function nameOfFile(file: string): string {
  return basename(file, EXTENSION);
}

function readFiles(directory: string, root: string): ContractFile[] {
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).filter((name) => name.endsWith(EXTENSION));
  return names.sort(byCodeUnit).map((name) => {
    const path = join(directory, name);
    return new ContractFile(relative(root, path).replaceAll("\\", "/"), readFileSync(path, "utf8"));
  });
}
