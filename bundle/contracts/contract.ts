import { basename } from "node:path";
import type { CompiledColumn, CompiledContract } from "./compiled";
import { customProperties, failureThreshold } from "./custom-properties";
import { freshness, partitionBy, primaryKey, versionColumn, volume } from "./dataset";
import type { Place } from "./place";
import { columnRules } from "./rules";
import type { StandardColumn, StandardContract, StandardDataset } from "./standard";
import { columnFormat, columnType } from "./types";

/** Names become folders, tables and columns: Glue takes lower case only. */
const NAME = /^[a-z][a-z0-9_]*$/;

/** The tag of columns that identify a person. */
const PERSONAL = "personal-data";

/** The extension of contract files. */
export const EXTENSION = ".odcs.yaml";

/** Compiles a contract that conforms to the standard; what the platform cannot honour is noted in the file. */
export function compileContract(root: Place): CompiledContract | undefined {
  const { name = "", version } = root.value as StandardContract;
  checkHead(root, name);
  const [dataset, ...others] = root.at("schema").items();
  for (const other of others) other.refuse("is a second dataset", "give it a contract of its own");
  if (dataset === undefined) {
    root.at("schema").refuse("describes no dataset", "describe the one dataset of the contract");
    return undefined;
  }
  checkDataset(dataset, name);
  const custom = customProperties(dataset, ["versionColumn", "partitionBy", "failureThreshold"]);
  const key = primaryKey(dataset);
  const version_column = versionColumn(dataset, custom.get("versionColumn"));
  const threshold = failureThreshold(custom.get("failureThreshold")) ?? 0;
  return {
    schema_version: 1,
    name,
    version,
    description: purpose(root.at("description", "purpose")),
    owner: owner(root.at("team")),
    columns: columns(dataset, key, threshold),
    key,
    version_column,
    partition_by: partitionBy(dataset, custom.get("partitionBy")),
    freshness: freshness(root, name, version_column),
    volume: volume(dataset),
  };
}

function checkHead(root: Place, name: string): void {
  customProperties(root, []);
  const { version } = root.value as StandardContract;
  if (!NAME.test(name))
    root.at("name").refuse("is not a name of a table", "use lower-case letters, digits and _");
  const file = basename(root.file.name, EXTENSION);
  if (name !== file) root.at("name").refuse("is not the name of the file", `use ${file}, or rename the file`);
  if (!/^\d+\.\d+\.\d+$/.test(version))
    root.at("version").refuse("is not a semantic version", "use for example 1.0.0");
}

function checkDataset(dataset: Place, name: string): void {
  const { name: own, physicalName = own, relationships } = dataset.value as StandardDataset;
  if (own !== name) dataset.at("name").refuse("is not the name of the contract", `use ${name}`);
  if (physicalName !== own)
    dataset.at("physicalName").refuse("is not the folder of the raw files", `use ${own}`);
  if (relationships)
    dataset.at("relationships").refuse("is not read on a dataset", "write it on the column that refers");
  if (dataset.at("properties").items().length === 0)
    dataset.refuse("has no columns", "describe them under properties");
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

function columns(dataset: Place, key: readonly string[], threshold: number): CompiledColumn[] {
  const seen = new Set<string>();
  return dataset
    .at("properties")
    .items()
    .map((place) => {
      const { name, physicalName = name, required = false, tags = [] } = place.value as StandardColumn;
      if (!NAME.test(name))
        place.at("name").refuse("is not a name of a column", "use lower-case letters, digits and _");
      if (seen.has(name)) place.at("name").refuse("is there twice", "rename or remove one");
      seen.add(name);
      const type = columnType(place);
      return {
        name,
        physical_name: physicalName,
        type,
        nullable: !required,
        format: columnFormat(place),
        personal: tags.includes(PERSONAL),
        rules: columnRules(place, { type, leadsKey: name === key[0], threshold }),
      };
    });
}
