import { suggest } from "../../base/closest";
import type { CompiledContract } from "./compiled";
import type { Place } from "./place";

/** A compiled contract and the place it came from. */
export interface Compiled<Contract = CompiledContract> {
  readonly root: Place;
  readonly contract: Contract;
}

interface Reference {
  readonly to: Place;
  readonly type: string;
  readonly dataset: string;
  readonly column: string;
}

/**
 * Notes every reference to a dataset or column that is not there, is no key, or leads back to where it started.
 *
 * @param broken datasets whose contract has problems of its own: references to them are judged when it is right
 */
export function checkReferences(all: readonly Compiled[], broken: ReadonlySet<string>): void {
  const contracts = new Map(all.map(({ contract }) => [contract.name, contract]));
  for (const compiled of all) {
    const references = referencesOf(compiled).filter(({ dataset }) => !broken.has(dataset));
    for (const reference of references) {
      checkTarget(reference, contracts);
      const circle = pathBack(compiled.contract.name, reference.dataset, contracts, []);
      if (circle)
        reference.to.refuse(
          `closes a circle: ${[compiled.contract.name, ...circle].join(" → ")}`,
          "datasets are checked one after the other: remove one of these references",
        );
    }
  }
}

function referencesOf({ root, contract }: Compiled): Reference[] {
  return contract.columns.flatMap(({ type, rules }, index) =>
    rules
      .filter((rule) => rule.kind === "reference")
      .map(({ params }) => ({
        to: root.at("schema", 0, "properties", index, "relationships", 0, "to"),
        type,
        dataset: String(params.dataset),
        column: String(params.column),
      })),
  );
}

function checkTarget(reference: Reference, contracts: ReadonlyMap<string, CompiledContract>): void {
  const { to, dataset, column } = reference;
  const contract = contracts.get(dataset);
  const target = contract?.columns.find(({ name }) => name === column);
  if (!contract) {
    to.refuse("refers to a dataset without a contract", suggest(dataset, [...contracts.keys()]));
  } else if (!contract.has_files) {
    to.refuse(
      `refers to ${dataset}, which arrives as a stream alone: a batch without it could not check the reference`,
      "remove the relationship, or refer to a dataset that has files",
    );
  } else if (!target) {
    const known = contract.columns.map(({ name }) => name);
    to.refuse(`refers to a column that ${dataset} does not have`, suggest(column, known));
  } else if (contract.key.length !== 1 || contract.key[0] !== column) {
    to.refuse(
      `refers to a column that is not the key of ${dataset}`,
      `the key is ${contract.key.join(", ")}`,
    );
  } else if (target.type !== reference.type) {
    to.refuse(`refers to ${target.type} from ${reference.type}`, "give both columns one type");
  }
}

/** The datasets from `from` back to `start`, when there is such a way. */
function pathBack(
  start: string,
  from: string,
  contracts: ReadonlyMap<string, CompiledContract>,
  passed: readonly string[],
): readonly string[] | undefined {
  if (from === start) return [...passed, from];
  const next = passed.includes(from) ? [] : targetsOf(contracts.get(from));
  for (const target of next) {
    const found = pathBack(start, target, contracts, [...passed, from]);
    if (found) return found;
  }
  return undefined;
}

function targetsOf(contract: CompiledContract | undefined): string[] {
  const rules = contract?.columns.flatMap((column) => column.rules) ?? [];
  return rules.filter((rule) => rule.kind === "reference").map((rule) => String(rule.params.dataset));
}
