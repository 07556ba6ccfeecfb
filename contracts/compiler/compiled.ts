import { z } from "zod";
import { type Immutable, type JsonSchema, jsonSchemaOf } from "../json-schema";
import { DIMENSIONS, SEVERITIES } from "../quality";

/** Version of the shape of compiled contracts. */
export const COMPILED_VERSION = 1;

/** Order is the order of a column's rules. */
export const RULE_KINDS = [
  "type",
  "required",
  "range",
  "length",
  "pattern",
  "allowed",
  "future",
  "late",
  "unique",
  "encoding",
  "reference",
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export const RAW_FORMATS = ["csv", "jsonl", "parquet"] as const;

/** How a key is made that raw files do not have. */
export const DERIVED_FROM = ["content", "occurrence", "position"] as const;

/** Which of several records with the same key and version is kept, when they differ. */
export const TIE_BREAKERS = ["position"] as const;

export const PARTITION_TRANSFORMS = ["identity", "day", "month", "year"] as const;

/** Languages that texts are searched in: those with an analyzer, and `any` for texts of several languages. */
export const SEARCH_LANGUAGES = ["any", "de", "en", "fr", "nl"] as const;

/** What recomputes a mart. */
export const REFRESHES = ["batch", "stream"] as const;

const text = z.string();
const severity = z.enum(SEVERITIES);
const dimension = z.enum(DIMENSIONS);
const count = z.int().min(0);
const orNull = <Type extends z.ZodType>(type: Type) => z.union([type, z.null()]);

const rule = z
  .strictObject({
    id: text.describe("`<column>.<kind>`, also the reason code of a row that fails the rule"),
    kind: z
      .enum(RULE_KINDS)
      .describe("The table in contracts/compiler/compiled.ts says when each kind fails"),
    params: z
      .record(text, z.union([text, z.number(), z.array(text)]))
      .describe("Named by the kind. Bounds are text, to be cast to the column's type without loss"),
    severity,
    dimension,
    threshold: z
      .number()
      .min(0)
      .max(1)
      .describe("Largest share of the rows read that may fail before the rule counts as violated"),
  })
  .meta({
    title: "Rule",
    description: "A rule of one column; every row that fails it is quarantined, whatever the severity",
  });

const rawFormat = z
  .strictObject({
    format: z.enum(RAW_FORMATS).default("csv"),
    delimiter: text.default(",").describe("One character between two values; CSV only"),
    header: z.boolean().default(true).describe("Whether the first row of a CSV file names the columns"),
    encoding: text
      .default("UTF-8")
      .describe("Name of the encoding in Java; JSON lines are UTF-8, and Parquet knows its own"),
    multiline: z
      .boolean()
      .default(false)
      .describe("Whether a quoted value may hold a line break: such files cannot be read in parts"),
  })
  .meta({ title: "RawFormat", description: "How raw files are written" });

const column = z
  .strictObject({
    name: text.describe("Name in the curated table"),
    physical_name: text.describe(
      "Name in the raw files. In JSON lines one that begins with `$` is a path into the object: `$.address.city`",
    ),
    type: text.describe("Spark SQL type in lower case: `bigint`, `decimal(12,2)`, `timestamp`"),
    nullable: z.boolean(),
    format: orNull(text).describe(
      "Spark's datetime pattern in the raw files, on dates and timestamps; on numbers of CSV files that are not written with a point alone an example, `1.234,56`; else null",
    ),
    personal: z.boolean().describe("Whether it identifies a person: never shown in reports"),
    rules: z
      .array(rule)
      .describe("In the order of the kinds, so that reasons are listed the same way everywhere"),
    description: text.default("").describe("Comment of the column in catalogs; empty where there is none"),
    missing_values: z
      .array(text)
      .default([])
      .describe("Texts that mean that there is no value, such as `NA`"),
    derived: orNull(z.enum(DERIVED_FROM))
      .default(null)
      .describe(
        "How a key is made that raw files do not have: `content` for a digest of all other columns, " +
          "`occurrence` for one of their texts and of the row's number among equal rows of the batch, " +
          "`position` for the record's place in its topic",
      ),
  })
  .meta({ title: "Column", description: "A column of a dataset" });

const stream = z
  .strictObject({
    topic: text.describe(
      "Name of the Kafka topic whose records are JSON objects, keyed by the contract's key",
    ),
    partitions: z.int().min(1).describe("Partitions of the topic; a key is always in the same one"),
    retention_hours: z.int().min(1).describe("Hours that the brokers keep a record"),
    event_time: text.describe("Timestamp column that says when the event happened"),
    lateness_seconds: orNull(count).describe(
      "How long after the event time a record may arrive, as the rule `late` says; null when there is no limit",
    ),
    tie_breaker: z
      .enum(TIE_BREAKERS)
      .describe(
        "Which of several records with the same key and version is kept when they differ: `position` for the first by offset",
      ),
  })
  .meta({ title: "Stream", description: "How the records of a dataset arrive through Kafka" });

const search = z
  .strictObject({
    alias: text.describe("Name that applications search by; indices behind it come and go"),
    texts: z
      .record(text, z.enum(SEARCH_LANGUAGES))
      .describe("Columns that are searched by their words, each with its language"),
    synonyms: z
      .record(text, z.array(text))
      .describe("By language: words that mean the same, separated by commas"),
    categories: z
      .array(text)
      .describe("Columns whose values are found by their words, too, in the languages of the texts"),
  })
  .meta({ title: "Search", description: "How the rows of a dataset are searched in OpenSearch" });

const partition = z
  .strictObject({ column: text, transform: z.enum(PARTITION_TRANSFORMS) })
  .meta({ title: "Partition", description: "How the curated table is partitioned" });

const freshness = z
  .strictObject({ id: text, column: text, max_age_seconds: count, severity, dimension })
  .meta({
    title: "Freshness",
    description:
      "Rule of a dataset: the newest value of a column may be at most so old at the end of the run date",
  });

const volume = z
  .strictObject({ id: text, minimum: orNull(count), maximum: orNull(count), severity, dimension })
  .meta({
    title: "Volume",
    description: "Rule of a dataset: rows read in a batch, both bounds included; without a bound it is open",
  });

const martColumn = z
  .strictObject({
    name: text,
    type: text.describe("Spark SQL type in lower case"),
    nullable: z.boolean(),
    personal: z.boolean().describe("Whether it identifies a person: never shown in reports"),
    description: text.describe("Comment of the column in catalogs; empty where there is none"),
    sources: z
      .array(text)
      .default([])
      .describe("Curated columns it is made of, `orders.quantity`, or a dataset whose rows are counted"),
  })
  .meta({ title: "MartColumn", description: "A column of a mart" });

/** What every compiled contract begins with. */
const head = {
  schema_version: z.literal(COMPILED_VERSION).describe("Version of this shape"),
  name: text.describe("Name of the dataset or mart, of its folder and its table"),
  version: text.describe("Version of the contract, `1.0.0`"),
  description: text,
  owner: text.describe("Name of the team that answers for the data"),
};
const key = z.array(text).describe("Columns of the primary key, by `primaryKeyPosition`");

const contract = z
  .strictObject({
    ...head,
    raw: rawFormat,
    columns: z.array(column).describe("In the order of the raw files and of the curated table"),
    key,
    version_column: orNull(text).describe(
      "Timestamp column: of several rows with one key, the newest is kept and the others are superseded. Null for data that never changes: rows of one key must be equal, and no later one replaces them",
    ),
    partition_by: orNull(partition).describe("Null where the curated table is not partitioned"),
    freshness: orNull(freshness).describe("Null where the contract promises no latency"),
    volume: orNull(volume).describe("Null where the contract names no row count"),
    stream: orNull(stream).describe("Null where the data does not arrive through Kafka"),
    search: orNull(search).describe("Null where the contract names no OpenSearch server"),
    has_files: z
      .boolean()
      .describe("Whether batches of raw files arrive; false when the contract's servers name Kafka alone"),
  })
  .meta({ title: "Contract", description: "The compiled contract of a dataset" });

const mart = z
  .strictObject({
    ...head,
    columns: z.array(martColumn).describe("In the order of the table"),
    key,
    refresh: z
      .enum(REFRESHES)
      .describe(
        "What recomputes it: each `batch`, or each micro-batch of a `stream`, for the rows it touches",
      ),
  })
  .meta({ title: "Mart", description: "The compiled contract of a mart, which has no rules of its own" });

/**
 * What a data contract (`contracts/datasets/<name>.odcs.yaml`) becomes in the release: `etl/contracts/<name>.json`
 * inside `etl.zip`, with sorted keys. The jobs read nothing else, so that the cluster needs no YAML library.
 *
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
 * | late | the record arrived longer after the value than allowed; files never do | custom rule `late` of engine `platform` | { seconds } |
 * | unique | another row has the same key and version but other content | the primary key's first column | {} |
 * | encoding | the text has bytes that are no text in the encoding of its file | STRING without a list of values | {} |
 * | reference | the value is not a key of the accepted rows of another dataset | `relationships` | { dataset, column } |
 */
export type CompiledContract = Immutable<z.infer<typeof contract>>;
export type CompiledColumn = Immutable<z.infer<typeof column>>;
export type CompiledRule = Immutable<z.infer<typeof rule>>;
export type CompiledFreshness = Immutable<z.infer<typeof freshness>>;
export type CompiledVolume = Immutable<z.infer<typeof volume>>;
export type CompiledSearch = Immutable<z.infer<typeof search>>;
export type CompiledPartition = Immutable<z.infer<typeof partition>>;
export type CompiledStream = Immutable<z.infer<typeof stream>>;
/** Dataset property `rawFiles`: what a reader must know before it can read the first row. */
export type CompiledRaw = Immutable<z.infer<typeof rawFormat>>;

/**
 * What the contract of a mart (`contracts/marts/<name>.odcs.yaml`) becomes: `etl/contracts/marts/<name>.json`.
 * A mart is computed from data that has passed its rules, so it has columns and a key, and no rules of its own.
 */
export type CompiledMart = Immutable<z.infer<typeof mart>>;
export type CompiledMartColumn = Immutable<z.infer<typeof martColumn>>;

/** What columns of datasets and of marts have in common. */
export type CompiledTableColumn = Omit<CompiledMartColumn, "sources">;

/** Raw files of a contract that does not say how they are written. */
export const STANDARD_RAW: CompiledRaw = rawFormat.parse({});

/** Returns the JSON Schema (draft 2020-12) of compiled contracts, with a definition for each kind. */
export function compiledJsonSchema(): JsonSchema & { readonly $defs: Readonly<Record<string, JsonSchema>> } {
  const definition = (schema: z.ZodType): JsonSchema => {
    const { $schema: _, ...rest } = jsonSchemaOf(schema);
    return rest;
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Compiled contracts, as a release has them",
    $defs: { contract: definition(contract), mart: definition(mart) },
  };
}
