import { layout } from "../layout";
import type { CompiledMart } from "./compiled";
import { customProperties } from "./custom-properties";
import type { Place } from "./place";
import { nameOfFile } from "./sources";
import type { StandardContract, StandardDataset } from "./standard";
import { NAME } from "./table-columns";

/** What every contract says of itself; what the platform cannot honour is noted in the file. */
export function headOf(root: Place): Omit<CompiledMart, "columns" | "key" | "refresh"> {
  const { name = "", version } = root.value as StandardContract;
  checkHead(root, name);
  return {
    schema_version: 1,
    name,
    version,
    description: purpose(root.at("description", "purpose")),
    owner: owner(root.at("team")),
  };
}

/** The one dataset that a contract describes; undefined, and noted in the file, when there is none. */
export function datasetOf(root: Place, name: string): Place | undefined {
  const [dataset, ...others] = root.at("schema").items();
  for (const other of others) other.refuse("is a second dataset", "give it a contract of its own");
  if (dataset === undefined)
    root.at("schema").refuse("describes no dataset", "describe the one dataset of the contract");
  else checkDataset(dataset, name);
  return dataset;
}

function checkHead(root: Place, name: string): void {
  customProperties(root, []);
  const { version } = root.value as StandardContract;
  if (!NAME.test(name))
    root.at("name").refuse("is not a name of a table", "use lower-case letters, digits and _");
  const file = nameOfFile(root.file.name);
  if (name !== file) root.at("name").refuse("is not the name of the file", `use ${file}, or rename the file`);
  if (!/^\d+\.\d+\.\d+$/.test(version))
    root.at("version").refuse("is not a semantic version", "use for example 1.0.0");
}

/** `docs/any-data.md` says what more columns cost. */
const MOST_COLUMNS = layout.limits.dataset_columns.value;

function checkDataset(dataset: Place, name: string): void {
  const { name: own, physicalName = own, relationships } = dataset.value as StandardDataset;
  if (own !== name) dataset.at("name").refuse("is not the name of the contract", `use ${name}`);
  if (physicalName !== own)
    dataset.at("physicalName").refuse("is not the folder of the raw files", `use ${own}`);
  if (relationships)
    dataset.at("relationships").refuse("is not read on a dataset", "write it on the column that refers");
  const columns = dataset.at("properties").items().length;
  if (columns === 0) dataset.refuse("has no columns", "describe them under properties");
  if (columns > MOST_COLUMNS)
    dataset.refuse(
      `has ${columns} columns, and a dataset may have ${MOST_COLUMNS}`,
      "split it, or make columns of one kind rows of a name and a value",
    );
}

function purpose(place: Place): string {
  if (typeof place.value === "string") return place.value;
  place.refuse("is missing", "say what the data is for");
  return "";
}

function owner(team: Place): string {
  const name = team.at("name");
  if (typeof name.value === "string" && name.value !== "") return name.value;
  name.refuse("is missing", "name the team that answers for the data");
  return "";
}
