import type { Mart } from "../../../contracts/run-results";
import { martViews } from "../../../report/sections/marts";
import { empty, published } from "../fixture";
import { allOf, hintsOf, plotsOf, tableOf, textOf } from "../reading";

const show = async (marts: readonly Mart[]) => (await martViews({ ...published, marts })).content.markup;
const figuresOf = (markup: string) => allOf(markup, /<figcaption>([\s\S]*?)<\/figcaption>/g);

test("the platform's marts have the plots they deserve", async () => {
  const markup = await show(published.marts);
  expect(allOf(markup, /<h3>([\s\S]*?)<\/h3>/g)).toEqual([
    "revenue_by_day 2,920 rows, summed up in 365",
    "product_performance 1,990 rows, summed up in 61",
    "customer_value 50,000 rows, summed up in 24",
  ]);
  expect(figuresOf(markup)).toEqual([
    "Net revenue by day 2025-01-01 to 2025-12-31",
    "Top products by net revenue the 12 largest",
    "Net revenue by category",
    "Net revenue by customer segment",
    "Net revenue by customer country",
  ]);
});

test("revenue is summed over the countries of a day, and over the days of a country", async () => {
  const sample = [
    ["2026-01-02", "BE", 10.5],
    ["2026-01-01", "BE", 1],
    ["2026-01-01", "NL", 1_000_000],
    ["2026-01-02", "NL", null],
  ];
  const markup = await show([
    { name: "revenue_by_day", rows: 4, columns: ["day", "country", "net"], sample },
  ]);
  expect(tableOf(markup, "Net revenue by day")).toEqual([
    ["day", "net"],
    ["2026-01-01", "1,000,001"],
    ["2026-01-02", "10.5"],
  ]);
  expect(tableOf(markup, "Net revenue by country of delivery").slice(1)).toEqual([
    ["NL", "1,000,000"],
    ["BE", "11.5"],
  ]);
  expect(hintsOf(markup).slice(0, 2)).toEqual(["2026-01-01: 1,000,001", "2026-01-02: 10.5"]);
});

test("revenue by month says so", async () => {
  const sample = [
    ["2025-12-01", 8],
    ["2026-01-01", 9],
  ];
  const markup = await show([{ name: "revenue_by_day", rows: 60, columns: ["day", "net"], sample }]);
  expect(figuresOf(markup)).toEqual(["Net revenue by month 2025-12 to 2026-01"]);
  expect(tableOf(markup, "Net revenue by month").slice(1)).toEqual([
    ["2025-12", "8"],
    ["2026-01", "9"],
  ]);
  expect(hintsOf(markup)[0]).toBe("2025-12: 8");
});

test("what the products without a name earn together is no product", async () => {
  const markup = await show(published.marts);
  expect(tableOf(markup, "Top products by net revenue")[1]).toEqual(["Walnut desk no. 1000", "5,526,000"]);
  expect(tableOf(markup, "Net revenue by category")[1]).toEqual(["home", "62,449,218.4"]);
});

test("what has no category is shown where a category may lack", async () => {
  const sample = [
    ["BE", 5],
    [null, 7],
  ];
  const markup = await show([{ name: "customer_value", rows: 12, columns: ["country", "net"], sample }]);
  expect(hintsOf(markup).slice(0, 2)).toEqual(["(none): 7", "BE: 5"]);
});

test("a known mart without its columns is drawn as an unknown one", async () => {
  const markup = await show([
    { name: "revenue_by_day", rows: 1, columns: ["week", "profit"], sample: [["w1", 3]] },
  ]);
  expect(figuresOf(markup)).toEqual(["profit by week"]);
});

test("an unknown mart is drawn over its days, its keys left alone", async () => {
  const sample = [
    ["x", 1_001, "2026-01-01", 5],
    ["y", 1_002, "2026-01-02", -2.5],
  ];
  const columns = ["label", "customer_id", "seen_on", "score"];
  const markup = await show([{ name: "new_mart", rows: 2, columns, sample }]);
  expect(figuresOf(markup)).toEqual(["score by day 2026-01-01 to 2026-01-02"]);
  expect(tableOf(markup, "Rows of new_mart")).toEqual([
    columns,
    ["x", "1001", "2026-01-01", "5"],
    ["y", "1002", "2026-01-02", "-2.5"],
  ]);
});

test("a mart without numbers is a table, cut where it is long", async () => {
  const sample = Array.from({ length: 30 }, (_, index) => [`row ${index}`, index % 2 === 0]);
  const markup = await show([{ name: "flags", rows: 1_200, columns: ["name", "set"], sample }]);
  expect(plotsOf(markup)).toEqual([]);
  expect(textOf(markup)).toContain("flags 1,200 rows, summed up in 30 The first 20 of these 30 rows");
  expect(tableOf(markup, "Rows of flags")).toHaveLength(21);
  expect(tableOf(markup, "Rows of flags")[1]).toEqual(["row 0", "true"]);
});

test("a mart without rows, and a run without marts, say so", async () => {
  expect(textOf(await show(empty.marts))).toContain("revenue_by_day 0 rows No row to show.");
  expect(textOf(await show([]))).toBe("Marts The run made no mart.");
});
