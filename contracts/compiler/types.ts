import type { CompiledRaw } from "./compiled";
import type { Place } from "./place";
import type { StandardColumn } from "./standard";

/** Which Spark types a logical type of the standard may have in the curated tables. */
const physicalTypes: Readonly<Record<string, RegExp>> = {
  boolean: /^boolean$/,
  date: /^date$/,
  integer: /^(int|bigint|smallint)$/,
  number: /^(double|decimal\(\d{1,2},\d{1,2}\))$/,
  string: /^string$/,
  timestamp: /^timestamp$/,
};

/** How dates and timestamps are written in the raw files, unless the contract says otherwise. */
const formats: Readonly<Record<string, string>> = { date: "yyyy-MM-dd", timestamp: "yyyy-MM-dd HH:mm:ss" };

/**
 * Parts that a format must have, with the ways to write them. Seconds may be left out.
 * Source: Spark 3.5.4 documentation, "Datetime Patterns for Formatting and Parsing".
 */
const formatParts: Readonly<Record<string, RegExp>> = {
  yyyy: /(?<!y)yyyy(?!y)/,
  MM: /(?<!M)M{1,4}(?!M)/,
  dd: /(?<!d)d{1,2}(?!d)/,
  HH: /(?<!H)HH(?!H)/,
  mm: /(?<!m)mm(?!m)/,
};

const partsOf: Readonly<Record<string, readonly string[]>> = {
  date: ["yyyy", "MM", "dd"],
  timestamp: ["yyyy", "MM", "dd", "HH", "mm"],
};

/**
 * How numbers of CSV files are written where it is not with a point: by an example. `etl/rules/casts.py` reads them.
 * Source: W3C, "Metadata Vocabulary for Tabular Data" (2015), section 6.4.2: `groupChar` and `decimalChar`.
 */
const NUMBER_FORMATS = ["1234,56", "1.234,56", "1 234,56", "1,234.56"];

const integerFormats: Readonly<Record<string, string>> = { i16: "smallint", i32: "int", i64: "bigint" };

/** Spark's largest precision of a decimal. Source: Spark 3.5.4 documentation, "Data Types", `DecimalType`. */
const LARGEST_PRECISION = 38;

/** Options that mean something only to other platforms, or that no rule of ours would check. */
const unsupported = ["multipleOf"];

/** The Spark SQL type of a column, in lower case. */
export function columnType(column: Place): string {
  const { logicalType = "", physicalType } = column.value as StandardColumn;
  const allowed = physicalTypes[logicalType];
  if (!allowed) {
    column
      .at("logicalType")
      .refuse("is not a type of a column here", `use one of ${Object.keys(physicalTypes).join(", ")}`);
    return "string";
  }
  const type = (physicalType ?? "").toLowerCase().replaceAll(" ", "");
  if (!allowed.test(type) || !isPossibleDecimal(type))
    column.at("physicalType").refuse(`is not a Spark type of a ${logicalType}`, `use ${written(allowed)}`);
  refuseOptions(column, type);
  return type;
}

/**
 * How a column is written in the raw files: the datetime pattern of a date or timestamp, the example of a number from
 * the custom property `numberFormat`; null for what is written plainly.
 */
export function columnFormat(
  column: Place,
  numberFormat: Place | undefined,
  raw: CompiledRaw,
): string | null {
  const { logicalType = "" } = column.value as StandardColumn;
  const standard = formats[logicalType];
  if (numberFormat !== undefined) checkNumberFormat(numberFormat, logicalType, raw);
  if (standard === undefined) return numberFormat === undefined ? null : String(numberFormat.value);
  const format = column.at("logicalTypeOptions", "format");
  const text = (format.value as string | undefined) ?? standard;
  const unquoted = text.replaceAll(/'[^']*'/g, "");
  const missing = (partsOf[logicalType] ?? []).filter((part) => !formatParts[part]?.test(unquoted));
  if (missing.length > 0) format.refuse(`has no ${missing.join(", ")}`, `use a pattern such as ${standard}`);
  return text;
}

function checkNumberFormat(place: Place, logicalType: string, raw: CompiledRaw): void {
  if (!["integer", "number"].includes(logicalType))
    place.refuse(`is of numbers, and the column is ${logicalType}`, "remove it");
  else if (raw.format !== "csv")
    place.refuse(`means nothing for ${raw.format}, whose numbers have a point`, "remove it");
  else if (!NUMBER_FORMATS.includes(String(place.value)))
    place.refuse("is not a way to write numbers here", `use one of ${NUMBER_FORMATS.join(", ")}, quoted`);
}

function refuseOptions(column: Place, type: string): void {
  const options = column.at("logicalTypeOptions");
  for (const name of unsupported) {
    const option = options.at(name);
    if (option.value !== undefined)
      option.refuse("is not checked by the platform", "remove it, or say it with another rule");
  }
  const { logicalType } = column.value as StandardColumn;
  const format = options.at("format");
  const wanted = integerFormats[String(format.value)];
  if (logicalType === "integer" && format.value !== undefined && wanted !== type)
    format.refuse(`does not go with ${type}`, "use i16 with SMALLINT, i32 with INT, i64 with BIGINT");
  if ((logicalType === "number" || logicalType === "string") && format.value !== undefined)
    format.refuse("is not checked by the platform", "remove it; texts can have a pattern");
  if (options.at("timezone").value === true)
    options.at("timezone").refuse("is not supported", "write timestamps in UTC, without a zone");
  const zone = options.at("defaultTimezone");
  if (zone.value !== undefined && !["Etc/UTC", "UTC"].includes(String(zone.value)))
    zone.refuse("is not the time zone of the jobs", "use Etc/UTC");
}

function isPossibleDecimal(type: string): boolean {
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision === undefined) return true;
  return (
    Number(precision) >= 1 && Number(precision) <= LARGEST_PRECISION && Number(scale) <= Number(precision)
  );
}

function written(allowed: RegExp): string {
  const names = allowed.source
    .replace(/^\^\(?|\)?\$$/g, "")
    .replace("decimal\\(\\d{1,2},\\d{1,2}\\)", "decimal(12,2)");
  return names.toUpperCase().split("|").join(" or ");
}
