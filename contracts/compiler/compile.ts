import type { CompiledMart } from "./compiled";
import { compileContract } from "./contract";
import { checkLineage } from "./lineage";
import { compileMart } from "./mart";
import { conformsToStandard } from "./odcs";
import type { ContractFile, Place } from "./place";
import { type Compiled, checkReferences } from "./references";
import { type ContractSources, nameOfFile } from "./sources";

/** Compiled contracts with the places they came from. */
export interface CompiledSources {
  readonly datasets: readonly Compiled[];
  readonly marts: readonly Compiled<CompiledMart>[];
}

/** Compiles what conforms to the standard; problems are noted in the files. */
export function compileSources({ datasets, marts }: ContractSources): CompiledSources {
  const compiled = datasets.flatMap((file) => compileFile(file, compileContract));
  const broken = datasets.filter((file) => file.problems.length > 0);
  checkReferences(compiled, new Set(broken.map(({ name }) => nameOfFile(name))));
  refuseSharedTopics(compiled);
  refuseSharedAliases(compiled);
  const compiledMarts = marts.flatMap((file) => compileFile(file, compileMart));
  checkLineage(
    compiledMarts,
    compiled.map(({ contract }) => contract),
    new Set(broken.map(({ name }) => nameOfFile(name))),
  );
  refuseSharedNames(compiledMarts, new Set(compiled.map(({ contract }) => contract.name)));
  return { datasets: compiled, marts: compiledMarts };
}

/** Datasets and marts are tables of one snapshot. */
function refuseSharedNames(marts: readonly Compiled<CompiledMart>[], taken: ReadonlySet<string>): void {
  for (const { root, contract } of marts)
    if (taken.has(contract.name)) root.at("name").refuse("is the name of a dataset, too", "rename the mart");
}

/** A record belongs to one dataset. */
function refuseSharedTopics(datasets: readonly Compiled[]): void {
  refuseShared(datasets, "topic", ({ stream }) => stream?.topic);
}

/** Indices behind an alias have the columns of one dataset. */
function refuseSharedAliases(datasets: readonly Compiled[]): void {
  refuseShared(datasets, "alias", ({ search }) => search?.alias);
}

function refuseShared(
  datasets: readonly Compiled[],
  what: string,
  nameOf: (contract: Compiled["contract"]) => string | undefined,
): void {
  const owners = new Map<string, string>();
  for (const { root, contract } of datasets) {
    const name = nameOf(contract);
    if (name === undefined) continue;
    const owner = owners.get(name);
    if (owner !== undefined)
      root.at("servers").refuse(`name the ${what} ${name}, which belongs to ${owner}`, `use another ${what}`);
    owners.set(name, owner ?? contract.name);
  }
}

function compileFile<Contract>(
  { root, problems }: ContractFile,
  compile: (root: Place) => Contract | undefined,
): Compiled<Contract>[] {
  if (problems.length > 0 || !conformsToStandard(root)) return [];
  const contract = compile(root);
  return contract === undefined ? [] : [{ root, contract }];
}
