import { bytes, count, plural } from "../format";
import type { RunResults, StoredTable } from "../results";
import { type Part, section } from "../section";
import { table } from "../table";

function cells({ name, rows, files, bytes: size, location }: StoredTable) {
  return [name, count(rows), count(files), bytes(size), rows > 0 ? bytes(size / rows) : "–", location];
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
          ...["Rows", "Files", "Size", "Per row"].map((title) => ({ title, numeric: true })),
          { title: "Location", code: true },
        ],
        rows: tables.map(cells),
      }),
  });
}
