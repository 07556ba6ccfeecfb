import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { byCodeUnit } from "../release/canonical-json";
import type { CompiledContract } from "./compiled";
import { compileContract, EXTENSION } from "./contract";
import { conformsToStandard } from "./odcs";
import { ContractFile } from "./place";
import { ContractError } from "./problem";
import { type Compiled, checkReferences } from "./references";

export type { CompiledContract } from "./compiled";
export { ContractError, type ContractProblem, formatContractProblems } from "./problem";

/**
 * Reads, checks and compiles every `*.odcs.yaml` of a directory.
 *
 * @param directory where the contracts are
 * @param root paths in messages are relative to it
 * @returns the contracts, by name
 * @throws ContractError with every problem of every contract
 */
export async function compileContracts(directory: string, root: string): Promise<CompiledContract[]> {
  const files = await readContracts(directory, root);
  const compiled = files.flatMap(compileFile);
  const broken = files.filter((file) => file.problems.length > 0);
  checkReferences(compiled, new Set(broken.map((file) => basename(file.name, EXTENSION))));
  const problems = files.flatMap((file) => [...file.problems].sort((a, b) => a.line - b.line));
  if (problems.length > 0) throw new ContractError(problems);
  return compiled.map(({ contract }) => contract);
}

async function readContracts(directory: string, root: string): Promise<ContractFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(EXTENSION)).sort(byCodeUnit);
  const name = (file: string): string =>
    join(relative(root, directory), basename(file)).replaceAll("\\", "/");
  return Promise.all(
    names.map(async (file) => new ContractFile(name(file), await readFile(join(directory, file), "utf8"))),
  );
}

function compileFile({ root, problems }: ContractFile): Compiled[] {
  if (problems.length > 0 || !conformsToStandard(root)) return [];
  const contract = compileContract(root);
  return contract === undefined ? [] : [{ root, contract }];
}
