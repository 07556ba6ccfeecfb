import { suggest } from "../../base/closest";
import { type CompiledColumn, type CompiledRaw, DERIVED_FROM, RAW_FORMATS, STANDARD_RAW } from "./compiled";
import type { Place } from "./place";
import type { StandardColumn } from "./standard";

/** Encodings that every Java has, and the one of Windows. Source: Java 17 API, `java.nio.charset.Charset`. */
const encodings = ["UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252"];

/** Records of Kafka are JSON objects, which are read like the lines of a file. */
const OF_RECORDS: CompiledRaw = { ...STANDARD_RAW, format: "jsonl" };

/**
 * How the raw files of a dataset are written, from its custom property `rawFiles`.
 *
 * @param hasFiles false for a dataset whose rows are records of Kafka alone
 */
export function rawFiles(value: Place | undefined, hasFiles: boolean): CompiledRaw {
  if (value === undefined) return hasFiles ? STANDARD_RAW : OF_RECORDS;
  if (!hasFiles) {
    value.refuse(
      "describes files, and the servers name none",
      "remove it, or add a server of type local or s3",
    );
    return OF_RECORDS;
  }
  if (!isObject(value.value)) {
    value.refuse("is not a description of files", "write { format: csv }, with what else is special");
    return STANDARD_RAW;
  }
  const stray = Object.keys(value.value).find((name) => !(name in STANDARD_RAW));
  if (stray !== undefined)
    value.at(stray).refuse("is nothing that a raw file has", suggest(stray, Object.keys(STANDARD_RAW)));
  const raw = { ...STANDARD_RAW, ...value.value } as CompiledRaw;
  checkFormat(value, raw);
  checkText(value, raw);
  return raw;
}

function checkFormat(value: Place, raw: CompiledRaw): void {
  if (!RAW_FORMATS.includes(raw.format))
    value.at("format").refuse("is not a format of raw files", suggest(String(raw.format), RAW_FORMATS));
  const ofText = ["delimiter", "header", "encoding", "multiline"].filter(
    (name) => value.at(name).value !== undefined,
  );
  if (raw.format === "csv") return;
  for (const name of ofText) value.at(name).refuse(`means nothing for ${raw.format}`, "remove it");
}

function checkText(value: Place, raw: CompiledRaw): void {
  for (const name of ["header", "multiline"] as const)
    if (typeof raw[name] !== "boolean") value.at(name).refuse("is neither true nor false", "use one of them");
  if (typeof raw.delimiter !== "string" || [...raw.delimiter].length !== 1 || /["\r\n]/.test(raw.delimiter))
    value.at("delimiter").refuse("is not one character", 'use for example ";" or "\\t"');
  if (!encodings.includes(raw.encoding))
    value
      .at("encoding")
      .refuse("is not an encoding that is read here", suggest(String(raw.encoding), encodings));
  else if (raw.encoding.startsWith("UTF-16") && !raw.multiline)
    value.at("encoding").refuse("cannot be cut into lines before it is read", "set multiline: true, too");
}

/** The texts that stand for no value, from the custom property `missingValues` of a column. */
export function missingValues(value: Place | undefined): readonly string[] {
  if (value === undefined) return [];
  const texts = value.items().filter((item) => typeof item.value === "string" && item.value !== "");
  if (texts.length === 0 || texts.length !== value.items().length)
    value.refuse("is not a list of texts", "name them, quoted; an empty text is missing anyway");
  return texts.map((item) => String(item.value));
}

/** How a column is made that raw files do not have, from its custom property `derivedFrom`. */
export function derived(
  column: Place,
  value: Place | undefined,
  key: readonly string[],
): CompiledColumn["derived"] {
  if (value === undefined) return null;
  const { name, logicalType } = column.value as StandardColumn;
  const from = DERIVED_FROM.find((word) => word === value.value);
  if (from === undefined)
    value.refuse("is nothing a column is made of", suggest(String(value.value), DERIVED_FROM));
  if (logicalType !== "string" || key.length !== 1 || key[0] !== name)
    column.refuse("is made of the row's content and not its key", "make it the key, a STRING, or remove it");
  return from ?? null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
