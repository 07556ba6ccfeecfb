import { type CompiledSources, compileSources } from "../compile";
import type { CompiledMart } from "../compiled";
import type { Place } from "../place";
import { type ContractProblem, throwProblems } from "../problem";
import type { Compiled } from "../references";
import { readSources } from "../sources";
import type { Change } from "./change";
import { compareDataset, compareMart } from "./dataset";
import { judgeVersion } from "./versions";

/** What became of one contract. */
export interface Comparison {
  readonly name: string;
  /** Version in the base; undefined for a contract that is new. */
  readonly before: string | undefined;
  readonly after: string;
  readonly breaking: number;
  readonly additive: number;
}

/** A folder of contracts, and where its messages count paths from. */
export interface ContractFolder {
  readonly directory: string;
  readonly root: string;
}

/**
 * Checks contracts against the standard and, where there is a base, against what they promised before.
 *
 * @param base the contracts as they are in use; problems of theirs are passed over: they are not to be changed any more
 * @throws ContractError with every problem, and every change that the contract's version does not tell
 */
export function checkContracts(current: ContractFolder, base: ContractFolder | undefined): Comparison[] {
  const sources = readSources(current.directory, current.root);
  const now = compileSources(sources);
  const files = [...sources.datasets, ...sources.marts];
  throwProblems(files);
  const before = base && compileSources(readSources(base.directory, base.root));
  const comparisons = [
    ...compareAll(now.datasets, before?.datasets ?? [], compareDataset),
    ...compareAll(now.marts, before?.marts ?? [], compareMart),
  ];
  throwProblems([...files, { problems: before ? removals(before, now) : [] }]);
  return comparisons;
}

function compareAll<Contract extends Pick<CompiledMart, "name" | "version">>(
  now: readonly Compiled<Contract>[],
  before: readonly Compiled<Contract>[],
  compare: (before: Contract, after: Compiled<Contract>) => Change[],
): Comparison[] {
  return now.map((compiled) => {
    const { name, version: after } = compiled.contract;
    const old = before.find(({ contract }) => contract.name === name)?.contract;
    const changes = old ? compare(old, compiled) : [];
    if (old) judgeVersion(old.version, after, compiled.root, changes);
    const count = (weight: Change["weight"]) => changes.filter((change) => change.weight === weight).length;
    return { name, before: old?.version, after, breaking: count("breaking"), additive: count("additive") };
  });
}

/** Contracts that are gone, but for those that the base had announced as retired. */
function removals(before: CompiledSources, now: CompiledSources): ContractProblem[] {
  const names = new Set([...now.datasets, ...now.marts].map(({ contract }) => contract.name));
  return [...before.datasets, ...before.marts]
    .filter(({ root, contract }) => !names.has(contract.name) && !isRetired(root))
    .map(({ root, contract }) => ({
      file: root.file.name,
      line: 1,
      path: "",
      value: undefined,
      message: `is gone, and with it ${contract.name} ${contract.version}, which is in use`,
      remedy: "restore it with status: retired, and remove it when that has been published",
    }));
}

function isRetired(root: Place): boolean {
  return root.at("status").value === "retired";
}
