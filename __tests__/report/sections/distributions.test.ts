import type { Bin, Distribution } from "../../../contracts/run-results";
import { dataDistributions } from "../../../report/sections/distributions";
import { empty, published } from "../fixture";
import { allOf, hintsOf, plotsOf, tableOf, textOf } from "../reading";

async function show(kind: Distribution["kind"], bins: readonly Bin[]): Promise<string> {
  const distributions = [{ dataset: "orders", column: "thing", kind, bins }];
  return (await dataDistributions({ ...published, distributions })).content.markup;
}

test("every column has its plot, below its dataset", async () => {
  const { markup } = (await dataDistributions(published)).content;
  expect(plotsOf(markup)).toHaveLength(9);
  expect(allOf(markup, /<h3>(.*?)<\/h3>/g)).toEqual(["orders", "customers", "products"]);
  expect(allOf(markup, /<figcaption><strong>(.*?)<\/strong>/g).slice(6)).toEqual([
    "signup_date",
    "segment",
    "unit_price",
  ]);
});

test("a histogram shows its bins as they are", async () => {
  const markup = await show("histogram", [
    { from: 0, to: 0.25, rows: 3 },
    { from: 0.25, to: 1_000, rows: 1 },
  ]);
  expect(hintsOf(markup)).toEqual(["0 – 0.25: 3 rows, 75.00 %", "0.25 – 1,000: 1 row, 25.00 %"]);
  expect(tableOf(markup, "Rows of orders by thing")).toEqual([
    ["thing", "Rows", "Share"],
    ["0 – 0.25", "3", "75.00 %"],
    ["0.25 – 1,000", "1", "25.00 %"],
  ]);
});

test("a long tail of almost nothing is left to the table", async () => {
  const rows = [900, 90, 6, 1, 1, 1, 1, 0];
  const bins = rows.map((value, from) => ({ from, to: from + 1, rows: value }));
  const markup = await show("histogram", bins);
  expect(hintsOf(markup)).toEqual([
    "0 – 1: 900 rows, 90.00 %",
    "1 – 2: 90 rows, 9.00 %",
    "2 – 3: 6 rows, 0.60 %",
  ]);
  expect(textOf(markup)).toContain("thing 1,000 rows; 0.40 % from 3 up not drawn");
  expect(tableOf(markup, "Rows of orders by thing")).toHaveLength(9);
});

test("a short tail is drawn", async () => {
  const rows = [900, 90, 6, 4];
  expect(
    hintsOf(
      await show(
        "histogram",
        rows.map((value, from) => ({ from, to: from + 1, rows: value })),
      ),
    ),
  ).toHaveLength(4);
});

test("a timeline is drawn over days", async () => {
  const markup = await show("timeline", [
    { from: "2026-01-01", to: "2026-02-01", rows: 10 },
    { from: "2026-02-01", to: "2026-03-01", rows: 30 },
  ]);
  expect(hintsOf(markup)).toEqual([
    "2026-01-01 – 2026-02-01: 10 rows, 25.00 %",
    "2026-02-01 – 2026-03-01: 30 rows, 75.00 %",
  ]);
});

test("categories go from the largest down, and many small ones become one", async () => {
  const bins = Array.from({ length: 15 }, (_, index) => ({ label: `c${index}`, rows: index + 1 }));
  const markup = await show("categories", bins);
  const hints = hintsOf(markup);
  expect(hints).toHaveLength(12);
  expect(hints[0]).toBe("c14: 15 rows, 12.50 %");
  expect(hints.at(-1)).toBe("4 others: 10 rows, 8.33 %");
  expect(tableOf(markup, "Rows of orders by thing")).toHaveLength(16);
});

test("a category without a name has one here", async () => {
  expect(hintsOf(await show("categories", [{ label: "", rows: 2 }, { rows: 1 }]))).toEqual([
    "(empty): 2 rows, 66.67 %",
    "(unnamed): 1 row, 33.33 %",
  ]);
});

test("bins without edges on the axis are shown as categories", async () => {
  const markup = await show("histogram", [
    { from: 0, to: 10, rows: 4 },
    { label: "more", rows: 1 },
  ]);
  expect(hintsOf(markup)).toEqual(["0 – 10: 4 rows, 80.00 %", "more: 1 row, 20.00 %"]);
});

test("columns without rows are left out", async () => {
  const { markup } = (await dataDistributions(empty)).content;
  expect(textOf(markup)).toBe("Distributions No row to show.");
});
