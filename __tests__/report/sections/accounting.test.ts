import type { Dataset, Dispositions, RunResults } from "../../../contracts/run-results";
import { accounting } from "../../../report/sections/accounting";
import { empty, published } from "../fixture";
import { hintsOf, plotsOf, tableOf, tablesOf, textOf } from "../reading";

const markupOf = async (results: RunResults) => (await accounting(results)).content.markup;

function withDispositions(change: Partial<Dispositions>): RunResults {
  const [customers] = published.datasets as readonly [Dataset];
  return {
    ...published,
    datasets: [{ ...customers, dispositions: { ...customers.dispositions, ...change } }],
  };
}

test("every dataset is accounted for, and all together", async () => {
  expect(tableOf(await markupOf(published), "Rows by disposition")).toEqual([
    ["Dataset", "Read", "Inserted", "Updated", "Superseded", "Quarantined", "Sum"],
    ["customers", "51,234", "48,000 93.69 %", "2,000 3.90 %", "734 1.43 %", "500 0.98 %", "✓ = read"],
    ["products", "2,000", "1,990 99.50 %", "0 0 %", "10 0.50 %", "0 0 %", "✓ = read"],
    [
      "orders",
      "5,203,118",
      "4,870,004 93.60 %",
      "130,202 2.50 %",
      "104,011 2.00 %",
      "98,901 1.90 %",
      "✓ = read",
    ],
    [
      "all",
      "5,256,352",
      "4,919,994 93.60 %",
      "132,202 2.52 %",
      "104,755 1.99 %",
      "99,401 1.89 %",
      "✓ = read",
    ],
  ]);
});

test.each([
  [{ superseded: 733 }, "✗ 1 row missing"],
  [{ quarantined: 1_500 }, "✗ 1,000 rows too many"],
])("a sum that is not what was read is marked: %j", async (change, mark) => {
  const rows = tableOf(await markupOf(withDispositions(change)), "Rows by disposition");
  expect(rows.map((row) => row.at(-1))).toEqual(["Sum", mark, mark]);
});

test("the plot draws what the table says, without what is nothing", async () => {
  const hints = hintsOf(await markupOf(published));
  expect(hints).toHaveLength(2 * (4 + 2 + 4));
  expect(hints.slice(0, 6)).toEqual([
    "customers: 48,000 inserted, 93.69 %",
    "customers: 2,000 updated, 3.90 %",
    "customers: 734 superseded, 1.43 %",
    "customers: 500 quarantined, 0.98 %",
    "products: 1,990 inserted, 99.50 %",
    "products: 10 superseded, 0.50 %",
  ]);
});

test("files that could not be read are named with their reason", async () => {
  const markup = await markupOf(published);
  expect(textOf(markup)).toContain("21 files read.");
  expect(tableOf(markup, "Files refused")).toEqual([
    ["Dataset", "File", "Reason"],
    ["orders", "raw/orders/part-07.csv.gz", "unexpected end of the gzip stream"],
  ]);
});

test("without rows there is a table and nothing to draw", async () => {
  const markup = await markupOf(empty);
  expect(plotsOf(markup)).toEqual([]);
  expect(tablesOf(markup, "Files refused")).toEqual([]);
  expect(tableOf(markup, "Rows by disposition").slice(1)).toEqual([
    ["products", "0", "0", "0", "0", "0", "✓ = read"],
    ["all", "0", "0", "0", "0", "0", "✓ = read"],
  ]);
});
