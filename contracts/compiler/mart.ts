import { type CompiledMart, type CompiledMartColumn, REFRESHES } from "./compiled";
import { customProperties } from "./custom-properties";
import { primaryKey } from "./dataset";
import { datasetOf, headOf } from "./head";
import type { Place } from "./place";
import type { StandardColumn } from "./standard";
import { checkNames, columnDescription, isPersonal } from "./table-columns";
import { columnType } from "./types";

/** What only means something for data that comes in from outside. */
const checksOfInput = {
  root: ["slaProperties", "servers"],
  dataset: ["quality"],
  column: ["quality", "relationships", "logicalTypeOptions", "partitioned", "physicalName"],
} as const;

/** Compiles the contract of a mart, which conforms to the standard; what it cannot promise is noted in the file. */
export function compileMart(root: Place): CompiledMart | undefined {
  const head = headOf(root);
  const dataset = datasetOf(root, head.name);
  if (dataset === undefined) return undefined;
  const columns = dataset.at("properties").items();
  const custom = customProperties(dataset, ["refresh"]);
  refuseChecks(root, checksOfInput.root);
  refuseChecks(dataset, checksOfInput.dataset);
  for (const column of columns) {
    customProperties(column, []);
    refuseChecks(column, checksOfInput.column);
  }
  checkNames(columns);
  return {
    ...head,
    columns: columns.map(compileColumn),
    key: primaryKey(dataset),
    refresh: refreshOf(custom.get("refresh")),
  };
}

function refreshOf(place: Place | undefined): CompiledMart["refresh"] {
  const found = REFRESHES.find((word) => word === (place?.value ?? "batch"));
  if (found === undefined) place?.refuse("is not a way to refresh a mart", `use ${REFRESHES.join(" or ")}`);
  return found ?? "batch";
}

function compileColumn(place: Place): CompiledMartColumn {
  const { name, required = false } = place.value as StandardColumn;
  return {
    name,
    type: columnType(place),
    nullable: !required,
    personal: isPersonal(place),
    description: columnDescription(place),
    sources: (place.value as StandardColumn).transformSourceObjects ?? [],
  };
}

/** Nothing checks a mart: what it is made of has been checked, and its schema is by the job that writes it. */
function refuseChecks(owner: Place, names: readonly string[]): void {
  for (const name of names) {
    const place = owner.at(name);
    if (place.value !== undefined) place.refuse("is not checked on a mart", "remove it");
  }
}
