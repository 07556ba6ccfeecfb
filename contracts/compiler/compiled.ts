/**
 * What a data contract (`contracts/datasets/<name>.odcs.yaml`) becomes in the release: `etl/contracts/<name>.json`
 * inside `etl.zip`, with sorted keys. The jobs read nothing else, so that the cluster needs no YAML library.
 *
 * The id of a rule is also its reason code in quarantine: always `<column>.<kind>`, for example `quantity.range`.
 * A NULL or unreadable value fails `required` or `type` only; the other rules look at values that could be read.
 *
 * | kind | fails when | declared in ODCS by | params |
 * | --- | --- | --- | --- |
 * | type | the text is not empty and cannot be read as the column's type | `physicalType`, on all but STRING | {} |
 * | required | the value is missing (NULL or empty text) | `required: true` | {} |
 * | range | the value is outside the bounds | `logicalTypeOptions.minimum` and its like | bounds as text |
 * | length | the text has too few or too many characters | `logicalTypeOptions.minLength`, `maxLength` | numbers |
 * | pattern | the text does not match the regular expression | `logicalTypeOptions.pattern` | { pattern } |
 * | allowed | the value is not in the list | metric `invalidValues` with `validValues` | { values } |
 * | future | the value is after the end of the run date (UTC) | custom rule `future` of engine `platform` | {} |
 * | unique | another row has the same key and version but other content | the primary key's first column | {} |
 * | encoding | the text has bytes that are no text in the encoding of its file | STRING without a list of values | {} |
 * | reference | the value is not a key of the accepted rows of another dataset | `relationships` | { dataset, column } |
 */
export interface CompiledContract {
  /** Version of this shape. */
  readonly schema_version: 1;
  /** Name of the dataset: of its raw folder and its curated table. */
  readonly name: string;
  /** Version of the contract, `1.0.0`. */
  readonly version: string;
  readonly description: string;
  /** Name of the team that answers for the data. */
  readonly owner: string;
  /** How the raw files are written. */
  readonly raw: CompiledRaw;
  /** In the order of the contract, which is the order of the raw files and of the curated table. */
  readonly columns: readonly CompiledColumn[];
  /** Columns of the primary key, by `primaryKeyPosition`. */
  readonly key: readonly string[];
  /**
   * Timestamp column: of several rows with one key, the newest is kept and the others are superseded. Null for data
   * that never changes: rows of one key must say the same, and no later one replaces them.
   */
  readonly version_column: string | null;
  /** How the curated table is partitioned; null for not at all. */
  readonly partition_by: CompiledPartition | null;
  /** Null when the contract promises no latency. */
  readonly freshness: CompiledFreshness | null;
  /** Null when the contract names no row count. */
  readonly volume: CompiledVolume | null;
}

export interface CompiledColumn {
  /** Name in the curated table. */
  readonly name: string;
  /**
   * Name in the raw files, in a CSV header or a Parquet schema: `physicalName`, or the same as `name`. In JSON lines one
   * that begins with `$` is a path into the object: `$.address.city`.
   */
  readonly physical_name: string;
  /** Spark SQL type in lower case: `bigint`, `decimal(12,2)`, `timestamp`. */
  readonly type: string;
  readonly nullable: boolean;
  /** Spark's datetime pattern in the raw files, on dates and timestamps only. */
  readonly format: string | null;
  /** Texts that say that there is no value, such as `NA`. */
  readonly missing_values: readonly string[];
  /** `content` for a column that raw files do not have: a digest of all others, which names rows without a key. */
  readonly derived: "content" | null;
  /** Whether it is tagged `personal-data`: never shown in reports. */
  readonly personal: boolean;
  /** What it says, for people; empty when the contract does not tell. */
  readonly description: string;
  /** In the order of the table above, so that reasons are listed the same way everywhere. */
  readonly rules: readonly CompiledRule[];
}

/** Dataset property `rawFiles`: what a reader must know before it can read the first row. */
export interface CompiledRaw {
  readonly format: RawFormat;
  /** One character between two values; CSV only. */
  readonly delimiter: string;
  /** Whether the first row of a CSV file names the columns. */
  readonly header: boolean;
  /** As Java names it; JSON lines are UTF-8 and Parquet knows its own. */
  readonly encoding: string;
  /** Whether a quoted value may hold a line break: such files cannot be read in parts. */
  readonly multiline: boolean;
}

export const RAW_FORMATS = ["csv", "jsonl", "parquet"] as const;
export type RawFormat = (typeof RAW_FORMATS)[number];

/**
 * What the contract of a mart (`contracts/marts/<name>.odcs.yaml`) becomes: `etl/contracts/marts/<name>.json`.
 * A mart is computed from data that has passed its rules, so it has columns and a key, and no rules of its own.
 */
export interface CompiledMart {
  /** Version of this shape. */
  readonly schema_version: 1;
  /** Name of the mart: of its folder and its table. */
  readonly name: string;
  /** Version of the contract, `1.0.0`. */
  readonly version: string;
  readonly description: string;
  /** Name of the team that answers for the mart. */
  readonly owner: string;
  /** In the order of the contract, which is the order of the table. */
  readonly columns: readonly CompiledMartColumn[];
  /** Columns of the primary key, by `primaryKeyPosition`. */
  readonly key: readonly string[];
}

/** What columns of datasets and of marts have in common. */
export type CompiledTableColumn = Pick<
  CompiledColumn,
  "name" | "type" | "nullable" | "personal" | "description"
>;

export interface CompiledMartColumn extends CompiledTableColumn {
  /**
   * What it is made of, by the standard's `transformSourceObjects`: curated columns, `orders.quantity`, or a dataset
   * alone where its rows are counted.
   */
  readonly sources: readonly string[];
}

/** Every row that fails a rule is quarantined, whatever the severity. */
export interface CompiledRule {
  /** `<column>.<kind>`, the reason code. */
  readonly id: string;
  readonly kind: RuleKind;
  /** Named by the kind; see the table. Bounds are text, to be cast to the column's type without loss. */
  readonly params: Readonly<Record<string, string | number | readonly string[]>>;
  readonly severity: Severity;
  readonly dimension: Dimension;
  /** Largest share (0..1) of the rows read that may fail before the rule counts as violated. */
  readonly threshold: number;
}

/** Dataset rule `<version column>.freshness`: the newest value against the end of the run date. */
export interface CompiledFreshness {
  readonly id: string;
  readonly column: string;
  readonly max_age_seconds: number;
  readonly severity: Severity;
  readonly dimension: Dimension;
}

/** Dataset rule `volume`: rows read in the batch; both bounds included, null for open. */
export interface CompiledVolume {
  readonly id: string;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly severity: Severity;
  readonly dimension: Dimension;
}

export interface CompiledPartition {
  readonly column: string;
  readonly transform: PartitionTransform;
}

/** Order is the order of a column's rules. */
export const RULE_KINDS = [
  "type",
  "required",
  "range",
  "length",
  "pattern",
  "allowed",
  "future",
  "unique",
  "encoding",
  "reference",
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export const PARTITION_TRANSFORMS = ["identity", "day", "month", "year"] as const;
export type PartitionTransform = (typeof PARTITION_TRANSFORMS)[number];

/** A violated rule of severity `error` fails the audit; a `warning` is only reported. */
export const SEVERITIES = ["error", "warning"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The quality dimensions of ODCS v3.1.0. */
export type Dimension =
  | "accuracy"
  | "completeness"
  | "conformity"
  | "consistency"
  | "coverage"
  | "timeliness"
  | "uniqueness";
