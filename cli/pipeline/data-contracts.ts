import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { Failure } from "../../base/failure";
import { writeWhole } from "../../base/files";
import { type CompiledContract, ContractError, compileContracts, EXTENSION } from "../../contracts/compiler";
import { infer, type LeftOut, requireData } from "../contract/infer";
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
 * @returns the datasets that are left out, as nothing of them can be read or their contract cannot be loaded
 * @throws Failure when the data or its contract is not there, or no contract can be loaded
 */
export async function prepareContracts(
  data: DataOptions,
  file: string,
  run: Jobs["run"],
): Promise<readonly LeftOut[]> {
  requireData(data.path);
  if (data.contract !== undefined) return compileGiven(data.contract, file);
  const { written, leftOut } = await infer({ data: data.path, output: data.proposals, run });
  console.log(`  no contract was given: inferred ${written.map(shown).join(", ")}`);
  console.log(`  read it, correct it, and pass it with --contract ${shown(data.proposals)} the next time`);
  return [...leftOut, ...writeCompiled(compileSound(written), file)];
}

/**
 * Compiles contracts that people have written.
 *
 * @param before contracts that count where none of these is of their dataset
 * @returns the datasets whose contract cannot be loaded
 * @throws Failure when there is no contract, or none can be loaded
 */
export function compileGiven(
  contract: string,
  file: string,
  before: readonly CompiledContract[] = [],
): readonly LeftOut[] {
  if (!existsSync(contract))
    throw new Failure(
      `--contract ${shown(contract)}: there is no such file or folder`,
      "./platform contract infer writes one",
    );
  const { datasets, leftOut } = isFolder(contract) ? compileFolder(contract) : compileSound([contract]);
  const others = before.filter(({ name }) => !datasets.some((dataset) => dataset.name === name));
  return writeCompiled({ datasets: [...datasets, ...others], leftOut }, file);
}

interface Sound {
  readonly datasets: readonly CompiledContract[];
  readonly leftOut: readonly LeftOut[];
}

function compileFolder(folder: string): Sound {
  try {
    return { datasets: compile(folder, places.root), leftOut: [] };
  } catch (error) {
    const files = readdirSync(folder).filter((name) => name.endsWith(EXTENSION));
    if (!(error instanceof ContractError) || files.length < 2) throw error;
    return compileSound(files.map((name) => join(folder, name)));
  }
}

/**
 * Compiles the contracts that can be loaded. They are compiled as a folder, since they may refer to each other; these
 * files alone are in it.
 *
 * @throws ContractError when none can be
 */
function compileSound(contracts: readonly string[], leftOut: readonly LeftOut[] = []): Sound {
  const folder = scratchCopy("contracts", contracts);
  try {
    return { datasets: compile(folder, folder), leftOut };
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    const broken = new Map(error.problems.map((problem) => [basename(problem.file), problem]));
    const sound = contracts.filter((contract) => !broken.has(basename(contract)));
    if (sound.length === 0 || sound.length === contracts.length) throw error;
    const more = [...broken].map(([name, { line, path, message }]) => ({
      dataset: basename(name, EXTENSION),
      reason: `${name}:${line} ${path}: ${message}`,
    }));
    return compileSound(sound, [...leftOut, ...more]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compile(folder: string, root: string): readonly CompiledContract[] {
  const { datasets, marts } = compileContracts(folder, root);
  if (datasets.length === 0)
    throw new Failure(`${shown(folder)}: there is no contract`, `their names end in ${EXTENSION}`);
  if (marts.length > 0)
    throw new Failure(`${shown(folder)}: marts are only made by the platform's own jobs`, "remove marts/");
  return datasets;
}

function writeCompiled({ datasets, leftOut }: Sound, file: string): readonly LeftOut[] {
  writeWhole(file, JSON.stringify(datasets));
  return leftOut;
}

/** Contracts that a run was given; undefined where it was of the platform's own data. */
export function contractsGiven(file: string): readonly CompiledContract[] | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
