import { compileSources } from "./compile";
import type { CompiledContract, CompiledMart } from "./compiled";
import { throwProblems } from "./problem";
import { readSources } from "./sources";

export type { CompiledContract, CompiledMart } from "./compiled";
export { ContractError, type ContractProblem, formatContractProblems } from "./problem";
export { EXTENSION } from "./sources";

/** Every contract there is, by name. */
export interface CompiledContracts {
  /** Of what comes in. */
  readonly datasets: readonly CompiledContract[];
  /** Of what is made of it. */
  readonly marts: readonly CompiledMart[];
}

/**
 * Reads, checks and compiles every `*.odcs.yaml` of a directory and of its folders `datasets` and `marts`.
 *
 * @param directory where the contracts are
 * @param root paths in messages are relative to it
 * @throws ContractError with every problem of every contract
 */
export function compileContracts(directory: string, root: string): CompiledContracts {
  const sources = readSources(directory, root);
  const { datasets, marts } = compileSources(sources);
  throwProblems([...sources.datasets, ...sources.marts]);
  return {
    datasets: datasets.map(({ contract }) => contract),
    marts: marts.map(({ contract }) => contract),
  };
}
