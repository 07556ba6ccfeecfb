import type { Refusal } from "./refusal";

const version = "      - { property: versionColumn, value: updated_at }";
const at = "shelves.odcs.yaml:13  schema[shelves].customProperties[rawFiles].value";

function described(title: string, value: string, ...problems: readonly string[]): Refusal {
  const to = `${version}\n      - { property: rawFiles, value: ${value} }`;
  return { title, contract: "shelves", from: version, to, problems };
}

function column(title: string, property: string, ...problems: readonly string[]): Refusal {
  const from = "physicalType: INT }";
  const to = `physicalType: INT, customProperties: [${property}] }`;
  return { title, contract: "shelves", from, to, problems };
}

/** What is wrong with how raw files are said to be written. */
export const rawFileRefusals: readonly Refusal[] = [
  described(
    "raw files as text",
    "csv",
    `${at} = "csv" | is not a description of files; write { format: csv }, with what else is special`,
  ),
  described(
    "an unknown format",
    "{ format: json }",
    `${at}.format = "json" | is not a format of raw files; did you mean jsonl?`,
  ),
  described(
    "a delimiter of Parquet",
    "{ format: parquet, delimiter: ; }",
    `${at}.delimiter = ";" | means nothing for parquet; remove it`,
  ),
  described(
    "something no file has",
    "{ separator: ; }",
    `${at}.separator = ";" | is nothing that a raw file has; use one of format, delimiter, header, encoding, multiline`,
  ),
  described(
    "a delimiter of two characters",
    '{ delimiter: "::" }',
    `${at}.delimiter = "::" | is not one character; use for example ";" or "\\t"`,
  ),
  described(
    "a header that is neither there nor not",
    "{ header: first }",
    `${at}.header = "first" | is neither true nor false; use one of them`,
  ),
  described(
    "an unknown encoding",
    "{ encoding: UTF8 }",
    `${at}.encoding = "UTF8" | is not an encoding that is read here; did you mean UTF-8?`,
  ),
  described(
    "an encoding whose line ends are no bytes of their own",
    "{ encoding: UTF-16 }",
    `${at}.encoding = "UTF-16" | cannot be cut into lines before it is read; set multiline: true, too`,
  ),
  column(
    "missing values that are no texts",
    "{ property: missingValues, value: [0] }",
    "shelves.odcs.yaml:15  schema[shelves].properties[floor].customProperties[missingValues].value = [0] | is not a list of texts; name them, quoted; an empty text is missing anyway",
  ),
  column(
    "a column that is made of what is unknown",
    "{ property: derivedFrom, value: ocurrence }",
    'shelves.odcs.yaml:15  schema[shelves].properties[floor].customProperties[derivedFrom].value = "ocurrence" | is nothing a column is made of; did you mean occurrence?',
    "shelves.odcs.yaml:15  schema[shelves].properties[floor] | is made of the row's content and not its key; make it the key, a STRING, or remove it",
  ),
  column(
    "a number format that nothing reads",
    '{ property: numberFormat, value: "1.234" }',
    'shelves.odcs.yaml:15  schema[shelves].properties[floor].customProperties[numberFormat].value = "1.234" | is not a way to write numbers here; use one of 1234,56, 1.234,56, 1 234,56, 1,234.56, quoted',
  ),
  column(
    "a digest that is no key",
    "{ property: derivedFrom, value: content }",
    "shelves.odcs.yaml:15  schema[shelves].properties[floor] | is made of the row's content and not its key; make it the key, a STRING, or remove it",
  ),
];
