import type { RunResults, StoredTable, TableSize } from "../../contracts/run-results";
import { bytes, count, plural } from "../format";
import { type Part, section } from "../section";
import { table } from "../table";

function cells({ name, rows, files, bytes: size, before, location }: StoredTable) {
  const perRow = rows > 0 ? bytes(size / rows) : "–";
  return [name, count(rows), ...changes({ rows, files, bytes: size }, before), perRow, location];
}

/** New rows, and files and bytes of before and after; of a table that the run made, or of old results, only what it is. */
function changes(now: TableSize, before: TableSize | null | undefined): string[] {
  if (!before) return [before === null ? "new" : "–", count(now.files), bytes(now.bytes)];
  const more = now.rows - before.rows;
  return [
    more < 0 ? `−${count(-more)}` : `+${count(more)}`,
    from(count(before.files), count(now.files)),
    from(bytes(before.bytes), bytes(now.bytes)),
  ];
}

function from(before: string, now: string): string {
  return before === now ? now : `${before} → ${now}`;
}

/** What the run wrote, and where. */
export function storedTables({ tables, outcome }: RunResults): Part {
  const size = tables.reduce((sum, { bytes: own }) => sum + own, 0);
  const state = outcome === "published" ? "published" : "written but not published";
  return section({
    id: "tables",
    title: "Tables",
    lead:
      tables.length === 0
        ? "The run wrote no table."
        : `${plural(tables.length, "table")} ${state}, ${bytes(size)} in all.`,
    body:
      tables.length > 0 &&
      table({
        caption: "Tables written",
        columns: [
          { title: "Table" },
          ...["Rows", "Since the last run", "Files", "Size", "Per row"].map((title) => ({
            title,
            numeric: true,
          })),
          { title: "Location", code: true },
        ],
        rows: tables.map(cells),
      }),
  });
}
