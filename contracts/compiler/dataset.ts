import type { Dimension } from "../quality";
import {
  type CompiledFreshness,
  type CompiledPartition,
  type CompiledVolume,
  PARTITION_TRANSFORMS,
} from "./compiled";
import { secondsOf } from "./duration";
import type { Place } from "./place";
import { severityOf } from "./quality";
import type { StandardColumn, StandardQuality, StandardSla } from "./standard";

/** The columns of the primary key, by position; every one of them must be required. */
export function primaryKey(dataset: Place): string[] {
  const columns = dataset.at("properties").items();
  const key = columns
    .filter((place) => (place.value as StandardColumn).primaryKey)
    .sort((a, b) => position(a) - position(b));
  if (key.length === 0)
    dataset.refuse("has no primary key", "set primaryKey: true on the columns that name a row");
  for (const [index, place] of key.entries()) {
    if (key.length > 1 && position(place) !== index + 1)
      place.at("primaryKeyPosition").refuse("does not count the key's columns", "number them 1, 2, …");
    if (!(place.value as StandardColumn).required)
      place.refuse("is part of the key and may be missing", "set required: true");
  }
  for (const place of columns) {
    const { unique, primaryKey: isKey } = place.value as StandardColumn;
    if (unique && (key.length > 1 || !isKey))
      place.at("unique").refuse("is only checked on a key of one column", "remove it");
  }
  return key.map(nameOf);
}

function position(place: Place): number {
  return (place.value as StandardColumn).primaryKeyPosition ?? 1;
}

/** The column that orders the versions of a row; null when rows have none, empty when it cannot be one. */
export function versionColumn(dataset: Place, value: Place | undefined): string | null {
  if (value === undefined) return null;
  const column = findColumn(dataset, value);
  if (column === undefined) return "";
  const { name, logicalType, required } = column.value as StandardColumn;
  if (logicalType !== "timestamp") {
    value.refuse(`is not a timestamp but ${logicalType}`, "name a column of type timestamp");
    return "";
  }
  if (!required) column.refuse("orders the versions and may be missing", "set required: true");
  return name;
}

/** How the curated table is partitioned: `{ column, transform }`, agreeing with the standard's `partitioned`. */
export function partitionBy(dataset: Place, value: Place | undefined): CompiledPartition | null {
  const marked = dataset
    .at("properties")
    .items()
    .filter((place) => (place.value as StandardColumn).partitioned);
  for (const place of marked)
    if (value?.at("column").value !== nameOf(place))
      place.at("partitioned").refuse("is not what partitionBy says", "name the column there, or remove this");
  if (value === undefined) return null;
  const column = findColumn(dataset, value.at("column"));
  const transform = PARTITION_TRANSFORMS.find((candidate) => candidate === value.at("transform").value);
  if (transform === undefined)
    value.at("transform").refuse("is not a transform", `use one of ${PARTITION_TRANSFORMS.join(", ")}`);
  const { logicalType = "" } = (column?.value ?? {}) as StandardColumn;
  if (column && transform !== "identity" && !["date", "timestamp"].includes(logicalType))
    value
      .at("transform")
      .refuse(`needs a date or a timestamp, and the column is ${logicalType}`, "use identity");
  return column && transform ? { column: nameOf(column), transform } : null;
}

/** The promise of the standard's `latency`, on the version column. */
export function freshness(root: Place, dataset: string, version: string | null): CompiledFreshness | null {
  const [first, ...rest] = root
    .at("slaProperties")
    .items()
    .filter((place) => {
      const known = (place.value as StandardSla).property === "latency";
      if (!known)
        place.at("property").refuse("is not a promise the platform checks", "use latency, or remove it");
      return known;
    });
  for (const other of rest) other.refuse("is a second latency", "keep one");
  if (first === undefined) return null;
  const age = secondsOf(first);
  if (version === null) {
    first.refuse("needs versions, and the dataset has none", "name its versionColumn, or remove this");
    return null;
  }
  if (version !== "" && first.at("element").value !== `${dataset}.${version}`)
    first.at("element").refuse("is not the version column", `use ${dataset}.${version}`);
  return {
    id: `${version}.freshness`,
    column: version,
    max_age_seconds: age,
    severity: "error",
    dimension: "timeliness",
  };
}

/** The rows that a batch may have, from the dataset's metric `rowCount`. */
export function volume(dataset: Place): CompiledVolume | null {
  const [first, ...rest] = dataset
    .at("quality")
    .items()
    .filter((place) => {
      const known = (place.value as StandardQuality).metric === "rowCount";
      if (!known)
        place.refuse(
          "is not a rule of a dataset here",
          "use metric rowCount; rules of a column belong to the column",
        );
      return known;
    });
  for (const other of rest) other.refuse("is a second rule volume", "keep one");
  if (first === undefined) return null;
  const { mustBeBetween, mustBeGreaterOrEqualTo, mustBeLessOrEqualTo } = first.value as Record<
    string,
    number & [number, number]
  >;
  const [minimum, maximum] = mustBeBetween ?? [mustBeGreaterOrEqualTo ?? null, mustBeLessOrEqualTo ?? null];
  if (minimum === null && maximum === null)
    first.refuse("bounds nothing", "use mustBeBetween, mustBeGreaterOrEqualTo or mustBeLessOrEqualTo");
  if (minimum !== null && maximum !== null && minimum > maximum)
    first.at("mustBeBetween").refuse("is empty", "smallest number first");
  const { dimension = "coverage" } = first.value as { dimension?: Dimension };
  return { id: "volume", minimum, maximum, severity: severityOf(first), dimension };
}

function findColumn(dataset: Place, name: Place): Place | undefined {
  const columns = dataset.at("properties").items();
  const found = columns.find((place) => nameOf(place) === name.value);
  if (!found) name.refuse("is not a column of the dataset", `use one of ${columns.map(nameOf).join(", ")}`);
  return found;
}

function nameOf(column: Place): string {
  return (column.value as StandardColumn).name;
}
