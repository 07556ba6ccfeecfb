import type { Dataset } from "../../../contracts/run-results";
import { examplesOf } from "../../../report/sections/examples";
import { quarantineReasons } from "../../../report/sections/reasons";
import { empty, published } from "../fixture";
import { tableOf, textOf } from "../reading";

const [customers, , orders] = published.datasets as [Dataset, Dataset, Dataset];
const markupOf = (dataset: Dataset): string => examplesOf(dataset)?.markup ?? "";

test("an example says what broke the rule, in which row of which file", () => {
  expect(tableOf(markupOf(orders), "Examples of quarantined rows of orders")).toEqual([
    ["Reason", "What broke it", "Row", "File"],
    ["quantity.range", "-3", "order_id 12", "part-0.csv.gz"],
    ["quantity.range", "100000", "order_id 4870001", "part-9.csv.gz"],
    ["unit_price.type", "12,50", "order_id 77", "part-3.csv.gz"],
    ["status.allowed", "nothing", "order_id 78", "part-3.csv.gz"],
  ]);
});

test("what is personal is not shown, and said to be", () => {
  expect(tableOf(markupOf(customers), "Examples of quarantined rows of customers").slice(1)).toEqual([
    ["email.pattern", "personal, not shown", "customer_id 731", "part-0.csv.gz"],
    ["country.allowed", "AA", "customer_id 17", "part-0.csv.gz"],
  ]);
});

test("a line that could not be cut is not shown", () => {
  const reasons = [{ code: "row.malformed", rows: 1, examples: [{ file: "part-1.csv", values: {} }] }];
  expect(tableOf(markupOf({ ...orders, reasons }), "Examples of quarantined rows of orders")[1]).toEqual([
    "row.malformed",
    "the line is not shown",
    "",
    "part-1.csv",
  ]);
});

test("results without examples say nothing of them", async () => {
  const reasons = orders.reasons.map(({ code, rows }) => ({ code, rows }));
  expect(examplesOf({ ...orders, reasons })).toBeNull();
  const { markup } = (await quarantineReasons({ ...published, datasets: [{ ...orders, reasons }] })).content;
  expect(markup).not.toContain("<h3>Examples</h3>");
  expect(textOf((await quarantineReasons(empty)).content.markup)).not.toContain("Examples");
});
