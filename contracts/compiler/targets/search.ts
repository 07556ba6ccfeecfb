import { canonicalJson } from "../../../base/canonical-json";
import { sha256 } from "../../../base/digest";
import type { CompiledColumn, CompiledContract, CompiledSearch } from "../compiled";
import {
  type Analysis,
  analysisOf,
  analyzersOf,
  FOLDED,
  languagesOf,
  PREFIX,
  partsOf,
  WORDS,
} from "./search-analysis";

type Json = Readonly<Record<string, unknown>>;

/** What writes and searches a dataset's documents reads: `<name>.search.json`. */
export interface SearchDocument {
  /** Version of this shape. */
  readonly schema_version: 1;
  /** Name of the dataset. */
  readonly name: string;
  /** Rows with a version replace each other; rows without one are events, an index for each day. */
  readonly kind: "entities" | "events";
  /** Name that applications search by. */
  readonly alias: string;
  /** What the names of its indices begin with. */
  readonly prefix: string;
  /** Columns that the identifier of a document is made of. */
  readonly id: readonly string[];
  /** Column that orders the versions of a document; null for events. */
  readonly version: string | null;
  /** Column whose day an event's index is named by; null where one index has all. */
  readonly day: string | null;
  /** Columns of a document, by the names of the contract; personal ones are left out. */
  readonly fields: readonly SearchField[];
  /** Digest of settings and mappings: an index has one, and another one needs another index. */
  readonly hash: string;
  /** Body of the index template. */
  readonly template: Json;
}

export interface SearchField {
  readonly name: string;
  /** Spark SQL type in lower case. */
  readonly type: string;
  /** Language of a text that is searched by its words; null for other columns. */
  readonly language: string | null;
  /** Languages in which the values of a category are found; the name of each is that of a sub-field. */
  readonly value_languages: readonly string[];
}

/**
 * Digest of a document's content, with which the sink compares. Names of columns begin with a letter, so that none is like it.
 */
export const ROW_HASH = "_row_hash";

/** Longest text of a keyword: no term of Lucene has more than 32,766 bytes, and a character has four at most. */
const LONGEST_KEYWORD = 8191;

/** Longest text that can be sorted and counted as a whole beside being searched by its words, as dynamic mappings have it. */
const LONGEST_TITLE = 256;

/** Digits that a scaled_float keeps: it reads a double, which holds whole numbers up to 2^53. */
const EXACT_DIGITS = 15;

/** Digits of a second that `date` keeps; `date_nanos` has nine, of the years 1970 to 2262. */
const DATE_DIGITS = 3;

/** OpenSearch's own limit on the fields of an index, unless a setting says otherwise. */
const DEFAULT_FIELD_LIMIT = 1000;

/** Returns what a dataset is searched with; undefined when the contract names no OpenSearch server. */
export function searchDocument(contract: CompiledContract): SearchDocument | undefined {
  const { name, version, key, version_column, search } = contract;
  if (search === null) return undefined;
  const columns = contract.columns.filter(({ personal }) => !personal);
  const prefix = `${search.alias}_v${version.split(".")[0]}`;
  const body = indexBody(contract, columns, search);
  const hash = sha256(Buffer.from(canonicalJson(body))).slice(0, 12);
  return {
    schema_version: 1,
    name,
    kind: version_column === null ? "events" : "entities",
    alias: search.alias,
    prefix,
    id: key,
    version: version_column,
    day: version_column === null ? dayOf(contract) : null,
    fields: columns.map((column) => ({
      name: column.name,
      type: column.type,
      language: search.texts[column.name] ?? null,
      value_languages: search.categories.includes(column.name) ? languagesOf(search) : [],
    })),
    hash,
    template: {
      index_patterns: [`${prefix}-*`],
      // Above templates that say nothing, which have 0.
      priority: 200,
      template: {
        ...body,
        mappings: { ...body.mappings, _meta: { contract: name, hash } },
      },
    },
  };
}

/** Returns the timestamp that partitions or streams events, unless it is personal, which no document has. */
function dayOf({ columns, partition_by, stream }: CompiledContract): string | null {
  const candidate = stream?.event_time ?? partition_by?.column;
  const found = columns.find(
    ({ name, type, personal }) => name === candidate && type === "timestamp" && !personal,
  );
  return found?.name ?? null;
}

function indexBody(
  { raw }: CompiledContract,
  columns: readonly CompiledColumn[],
  search: CompiledSearch,
): { readonly settings: Json; readonly mappings: Json } {
  const properties = {
    ...Object.fromEntries(columns.map((column) => [column.name, propertyOf(column, raw.format, search)])),
    [ROW_HASH]: { type: "keyword", index: false },
  };
  return {
    settings: settingsOf(analysisOf(search), properties),
    mappings: { dynamic: "strict", properties },
  };
}

function settingsOf(analysis: Analysis | undefined, properties: Readonly<Record<string, Json>>): Json {
  const fields = Object.values(properties).reduce(
    (sum, { fields = {} }) => sum + 1 + Object.keys(fields as Json).length,
    0,
  );
  return {
    index: {
      number_of_shards: 1,
      // One node has no copy, several have one.
      auto_expand_replicas: "0-1",
      ...(fields > DEFAULT_FIELD_LIMIT ? { mapping: { total_fields: { limit: fields } } } : {}),
      ...(analysis === undefined ? {} : { analysis }),
    },
  };
}

function propertyOf(column: CompiledColumn, format: string, search: CompiledSearch): Json {
  const { name, type } = column;
  if (type === "string") {
    const language = search.texts[name];
    return language === undefined
      ? { type: "keyword", ignore_above: LONGEST_KEYWORD, ...categoryFields(name, search) }
      : textProperty(language, search);
  }
  if (type === "timestamp") return timestampProperty(column, format);
  if (type === "date") return { type: "date", format: "strict_date" };
  if (type.startsWith("decimal")) return decimalProperty(type);
  return { type: NUMBERS[type] ?? type };
}

/** A value is counted as a whole, and found by what a language calls it: synonyms say so. */
function categoryFields(name: string, search: CompiledSearch): Json {
  if (!search.categories.includes(name)) return {};
  const fields = languagesOf(search).map((code) => [code, { type: "text", ...analyzersOf(code, search) }]);
  return { fields: Object.fromEntries(fields) };
}

/** Spark's numbers by the names of OpenSearch; a boolean and a double have the same name in both. */
const NUMBERS: Readonly<Record<string, string>> = { smallint: "short", int: "integer", bigint: "long" };

/** A text is searched by its stems, by its words as written, by their beginnings and other parts, and as a whole. */
function textProperty(language: string, search: CompiledSearch): Json {
  return {
    type: "text",
    ...analyzersOf(language, search),
    fields: {
      keyword: { type: "keyword", ignore_above: LONGEST_TITLE },
      prefix: { type: "text", analyzer: PREFIX, search_analyzer: FOLDED },
      words: { type: "text", analyzer: WORDS },
      ...partsOf(language),
    },
  };
}

/** Spark has microseconds. Where the contract's own form has milliseconds at most, nothing is lost in `date`, which has more years. */
function timestampProperty({ format }: CompiledColumn, rawFormat: string): Json {
  const digits = /S+/.exec((format ?? "").replaceAll(/'[^']*'/g, ""))?.[0].length ?? 0;
  const isFine = rawFormat === "parquet" || digits > DATE_DIGITS;
  return isFine
    ? { type: "date_nanos", format: "strict_date_optional_time_nanos" }
    : { type: "date", format: "strict_date_optional_time" };
}

/** A decimal that a double holds exactly is a number, others are texts: found as a whole, not by ranges. */
function decimalProperty(type: string): Json {
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
  return Number(precision) <= EXACT_DIGITS
    ? { type: "scaled_float", scaling_factor: 10 ** Number(scale) }
    : { type: "keyword" };
}
