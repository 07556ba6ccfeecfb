import { existsSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Failure } from "../../base/failure";
import { makeFolder } from "../../base/files";
import { compileContracts } from "../../contracts/compiler";
import { infer, requireData } from "../contract/infer";
import { isFolder, places, shown } from "../places";
import { scratchCopy } from "../scratch";
import type { Jobs } from "../spark/jobs";

/** Data of any kind, for a run. */
export interface DataOptions {
  /** A file, or a folder of files. */
  readonly path: string;
  /** Its contract, or a folder of them; undefined to infer them. */
  readonly contract: string | undefined;
  /** Folder that inferred contracts are written to. */
  readonly proposals: string;
}

/**
 * Compiles the contracts of the data to one file, which the jobs are given; infers them where there are none.
 *
 * @throws Failure when the data or its contract is not there
 */
export async function prepareContracts(data: DataOptions, file: string, run: Jobs["run"]): Promise<void> {
  requireData(data.path);
  if (data.contract !== undefined) {
    compileTo(data.contract, file);
    return;
  }
  const written = await infer({ data: data.path, output: data.proposals, run });
  console.log(`  no contract was given: inferred ${written.map(shown).join(", ")}`);
  console.log(`  read it, correct it, and pass it with --contract ${shown(data.proposals)} the next time`);
  compileFiles(written, file);
}

function compileTo(contract: string, file: string): void {
  if (!existsSync(contract))
    throw new Failure(
      `--contract ${shown(contract)}: there is no such file or folder`,
      "./platform contract infer writes one",
    );
  if (isFolder(contract)) write(contract, places.root, file);
  else compileFiles([contract], file);
}

/** Contracts are compiled as a folder, since they may refer to each other; these files alone are in it. */
function compileFiles(contracts: readonly string[], file: string): void {
  const folder = scratchCopy("contracts", contracts);
  try {
    write(folder, folder, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, root: string, file: string): void {
  const { datasets, marts } = compileContracts(folder, root);
  if (datasets.length === 0)
    throw new Failure(`${shown(folder)}: there is no contract`, "their names end in .odcs.yaml");
  if (marts.length > 0)
    throw new Failure(`${shown(folder)}: marts are only made by the platform's own jobs`, "remove marts/");
  makeFolder(dirname(file));
  writeFileSync(file, JSON.stringify(datasets));
}
