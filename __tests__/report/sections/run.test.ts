import { runFacts } from "../../../report/sections/facts";
import { stageTimes } from "../../../report/sections/stages";
import { storedTables } from "../../../report/sections/tables";
import { empty, published, rejected } from "../fixture";
import { allOf, hintsOf, tableOf, tablesOf, textOf } from "../reading";

test("stages show their time, share and speed", async () => {
  const { markup } = (await stageTimes(published)).content;
  expect(textOf(markup)).toContain("3 stages. Some run side by side, so that their times do not add up.");
  expect(tableOf(markup, "Time by stage")).toEqual([
    ["Stage", "Time", "Rows in", "Rows out", "Speed"],
    ["ingest", "34.2 s", "5,256,352", "5,156,951", "153,650 rows/s"],
    ["curate", "18.4 s", "5,156,951", "5,052,196", "280,269 rows/s"],
    ["marts", "9.05 s", "5,052,196", "54,910", "558,254 rows/s"],
  ]);
  expect(hintsOf(markup)).toHaveLength(2 * 3);
  expect(hintsOf(markup)[0]).toBe("ingest: 34.2 s");
});

test("a run without stages says so", async () => {
  expect(textOf((await stageTimes(empty)).content.markup)).toBe("Stages No stage ran.");
});

test("tables show their size and place", () => {
  const { markup } = storedTables(published).content;
  expect(textOf(markup)).toContain("3 tables published, 145.6 MB in all.");
  expect(tableOf(markup, "Tables written").slice(0, 2)).toEqual([
    ["Table", "Rows", "Since the last run", "Files", "Size", "Per row", "Location"],
    [
      "orders",
      "5,000,206",
      "+52,196",
      "24",
      "141.9 MB → 143.2 MB",
      "29 B",
      "/data/lake/curated/orders/run=demo-20260115-42",
    ],
  ]);
});

test("a new table, and one of older results, say so instead of a change", () => {
  const rows = tableOf(storedTables(published).content.markup, "Tables written");
  expect(rows.slice(2).map(([name, , change]) => [name, change])).toEqual([
    ["customers", "new"],
    ["products", "–"],
  ]);
});

test("a table that shrank says so", () => {
  const { tables } = published;
  const before = { rows: 5_000_210, files: 30, bytes: 143_204_511 };
  const shrunk = tables.slice(0, 1).map((table) => ({ ...table, before }));
  const [, row] = tableOf(storedTables({ ...published, tables: shrunk }).content.markup, "Tables written");
  expect(row?.slice(2, 5)).toEqual(["−4", "30 → 24", "143.2 MB"]);
});

test("an empty table has no size per row, and a rejected run no published table", () => {
  expect(tableOf(storedTables(empty).content.markup, "Tables written")[1]?.slice(0, 6)).toEqual([
    "products",
    "0",
    "–",
    "1",
    "412 B",
    "–",
  ]);
  expect(tablesOf(storedTables(rejected).content.markup, "Tables written")).toEqual([]);
  const { tables } = published;
  expect(textOf(storedTables({ ...rejected, tables }).content.markup)).toContain(
    "3 tables written but not published",
  );
});

test("the run is identified", () => {
  const { markup } = runFacts(published).content;
  const terms = allOf(markup, /<dt>(.*?)<\/dt>/g);
  const values = allOf(markup, /<dd>(.*?)<\/dd>/g);
  expect(terms.map((term, index) => [term, values[index]])).toEqual([
    ["Run", "demo-20260115-42"],
    ["Run date", "2026-01-15"],
    ["Release", "3f9a1c0de4b27788"],
    ["Started", "2026-01-16 03:00:04 UTC"],
    ["Finished", "2026-01-16 03:01:11 UTC"],
    ["Contract of customers", "1.0.0"],
    ["Contract of products", "1.2.0"],
    ["Contract of orders", "1.0.0"],
    ["Results schema", "1.0.0"],
  ]);
});
