import { plural } from "../../../base/text";
import type { ColumnEvidence, DatasetEvidence } from "./evidence";

/** What was seen of a dataset, one line for each fact. */
export function datasetComments(dataset: DatasetEvidence): string[] {
  const { rows, malformed, files, version_column, partition_by } = dataset;
  return [
    `Proposed from ${plural(files.read, "file")} with ${plural(rows, "row")}: read it before you rely on it.`,
    ...files.refused.slice(0, MOST_FILES).map(({ path, reason }) => `refused: ${nameOf(path)}: ${reason}`),
    ...(files.refused.length > MOST_FILES
      ? [`refused: ${files.refused.length - MOST_FILES} more files`]
      : []),
    ...(dataset.is_header_evident ? [] : [headerComment(dataset)]),
    ...(malformed > 0 ? [`${plural(malformed, "row")} could not be cut into columns`] : []),
    ...keyComments(dataset),
    version_column
      ? `of rows with one key the newest ${version_column} counts, by its name`
      : "no timestamp is called like one that orders versions: a row that comes again must say the same",
    ...(partition_by ? [] : ["not partitioned: too few rows for a file a month or year"]),
  ];
}

/** What names a row, why, and what else might. */
function keyComments(dataset: DatasetEvidence): string[] {
  const { copies, key, key_reason, other_keys, measures, version_column } = dataset;
  const lines =
    key.length > 0
      ? []
      : ["no one, two or three columns name a row: equal rows are numbered, and none is left out"];
  if (key.length > 0)
    lines.push(
      `no two rows have the same ${key.join(", ")}${version_column ? " and version" : ""}: ${key_reason}`,
    );
  if (copies > 0) lines.push(copiesOf(dataset));
  if (other_keys.length > 0) lines.push(`about as many values as rows, too: ${other_keys.join(", ")}`);
  if (measures.length > 0)
    lines.push(`about as many values as rows, but a measure by name, place or gaps: ${measures.join(", ")}`);
  return lines;
}

/** What becomes of rows that say the same as another. */
export function copiesOf({ copies, key }: DatasetEvidence): string {
  const become = key.length > 0 ? `are copies by ${key.join(", ")}: one of each is kept` : "are all kept";
  return `${plural(copies, "row")} that say the same as another ${become}`;
}

const MOST_FILES = 5;

/** What was taken for granted of the first row of CSV files. */
export function headerComment({ raw }: DatasetEvidence): string {
  return raw.header
    ? "the first row was taken for the header, though nothing below it says so: if it is a row, set header: false"
    : "the first row was taken for data, though nothing says so: if it is the header, set header: true";
}

/** What was seen of a column, one line for each fact. No value of a column that may identify a person is given. */
export function columnComments(column: ColumnEvidence, dataset: DatasetEvidence): string[] {
  const references = dataset.references.filter((found) => found.column === column.name);
  const { missing, unreadable, missing_values } = column;
  const marks = missing_values.length > 0 ? `, written ${missing_values.join(" or ")}` : "";
  return [
    `${missing === 0 ? "never missing" : `missing in ${plural(missing, "row")}${marks}`}, ${distinctOf(column)}`,
    ...reachOf(column),
    ...(unreadable > 0 ? [`not of the type in ${plural(unreadable, "row")}, which go to quarantine`] : []),
    ...column.notes,
    ...references.map(({ dataset: other, values, unknown, reason, proposed }) =>
      unknown === 0
        ? `every value is the key of a row of ${other}: ${proposed ? reason : "no reference, as only the name says so"}`
        : `called as the key of ${other}, but ${plural(unknown, "value")} of ${number(values)} are no key there`,
    ),
  ];
}

function distinctOf({ distinct, values }: ColumnEvidence): string {
  const about = values.length > 0 || distinct < EXACT ? "" : "about ";
  return `${about}${number(distinct)} different`;
}

/** Below this many values an estimate is the count. */
const EXACT = 100;

function reachOf({ type, low, high, values }: ColumnEvidence): string[] {
  if (low === null || high === null || values.length > 0) return [];
  if (type === "string") return [`${low === high ? low : `${low} to ${high}`} characters`];
  return [low === high ? `always ${low}` : `from ${low} to ${high}`];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function number(count: number): string {
  return count.toLocaleString("en");
}
