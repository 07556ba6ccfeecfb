import type { ContractFile } from "./place";
import { throwProblems } from "./problem";
import { type ContractSources, nameOfFile, readSources } from "./sources";
import { checkNames, columnDescription, isPersonal } from "./table-columns";
import { columnType } from "./types";

/** A table as a catalog shows it: what its contract says to people and engines, without rules. */
export interface Table {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly columns: readonly TableColumn[];
}

export interface TableColumn {
  readonly name: string;
  /** Name in the raw files, and in quarantine. */
  readonly physicalName: string;
  /** Spark SQL type in lower case, which Glue knows by the same name. */
  readonly type: string;
  readonly description: string;
  /** Whether it identifies a person. */
  readonly personal: boolean;
}

/** The tables of all contracts, by name. */
export interface Tables {
  readonly datasets: readonly Table[];
  readonly marts: readonly Table[];
}

/**
 * Reads what the contracts say of tables, and no more: synthesis cannot wait for the standard's schema, whose
 * compilation takes longer than all the rest. Building the release and `platform contract check` validate the same
 * files in full.
 *
 * @param directory where the contracts are
 * @param root paths in messages are relative to it
 * @throws ContractError with every problem met
 */
export function readTables(directory: string, root: string): Tables {
  const sources: ContractSources = readSources(directory, root);
  const tables = { datasets: sources.datasets.map(readTable), marts: sources.marts.map(readTable) };
  throwProblems([...sources.datasets, ...sources.marts]);
  return tables;
}

function readTable(file: ContractFile): Table {
  const { root } = file;
  const name = nameOfFile(file.name);
  const properties = root.at("schema", 0, "properties");
  const columns = properties.items();
  const [version, purpose] = [root.at("version"), root.at("description", "purpose")];
  const nameless = columns.filter((column) => typeof column.at("name").value !== "string");
  for (const column of nameless) column.at("name").refuse("is missing", "name the column");
  if (file.problems.length > 0) return { name, version: "", description: "", columns: [] };
  if (columns.length === 0) properties.refuse("describes no columns", "describe them");
  checkNames(columns);
  return {
    name,
    version: String(version.value),
    description: String(purpose.value ?? ""),
    columns: columns.map((column) => ({
      name: String(column.at("name").value),
      physicalName: String(column.at("physicalName").value ?? column.at("name").value),
      type: columnType(column),
      description: columnDescription(column),
      personal: isPersonal(column),
    })),
  };
}
