import { layout } from "../layout";
import type { Place } from "./place";
import type { StandardColumn } from "./standard";

/** Names of tables and columns. */
export const NAME = new RegExp(`^${layout.patterns.table_name.pattern}$`);

/** The tag of columns that identify a person. */
const PERSONAL = "personal-data";

const LONGEST_COMMENT = layout.limits.comment_bytes.value;

/** Notes names that are no names of a column, or are there twice. */
export function checkNames(columns: readonly Place[]): void {
  const seen = new Set<string>();
  for (const place of columns) {
    const { name } = place.value as StandardColumn;
    if (!NAME.test(name))
      place.at("name").refuse("is not a name of a column", "use lower-case letters, digits and _");
    if (seen.has(name)) place.at("name").refuse("is there twice", "rename or remove one");
    seen.add(name);
  }
}

/** Whether a column identifies a person. */
export function isPersonal(column: Place): boolean {
  const { tags = [] } = column.value as StandardColumn;
  return tags.includes(PERSONAL);
}

/** What a column says, as the catalog shows it: in one line, and short enough for it. */
export function columnDescription(column: Place): string {
  const place = column.at("description");
  if (typeof place.value !== "string") return "";
  const text = place.value.trim().replaceAll(/\s+/g, " ");
  if (Buffer.byteLength(text) > LONGEST_COMMENT)
    place.refuse("is too long for a comment of the catalog", `use at most ${LONGEST_COMMENT} bytes`);
  return text;
}
