import type { Cell, Mart } from "../../../contracts/run-results";
import { isDay, totals } from "../../../report/marts/cells";
import { isKey, viewsOf } from "../../../report/marts/views";

const mart = (columns: readonly string[], ...sample: readonly (readonly Cell[])[]): Mart => ({
  name: "other",
  rows: sample.length,
  columns,
  sample,
});

test("a measure is summed for each value, what is empty having a name", () => {
  const sales = mart(["who", "net"], ["a", 1.5], [null, 2], ["a", 3], ["b", "much"]);
  expect(totals(sales, "who", "net")).toEqual([
    { label: "a", value: 4.5 },
    { label: "(none)", value: 2 },
    { label: "b", value: 0 },
  ]);
  expect(totals(sales, "nobody", "net")).toEqual([]);
});

test.each([
  ["2026-01-31", true],
  ["2026-01-31T10:00:00Z", true],
  ["2026-13-31", false],
  ["31/01/2026", false],
  [20_260_131, false],
])("%s is a day: %s", (cell, answer) => expect(isDay(cell)).toBe(answer));

test.each([
  ["customer_id", true],
  ["id", true],
  ["year", true],
  ["paid", false],
  ["id_count", false],
])("%s is a key: %s", (column, answer) => expect(isKey(column)).toBe(answer));

test("an unknown mart is drawn over days before words", () => {
  expect(viewsOf(mart(["word", "on", "n"], ["a", "2026-01-01", 1], ["b", null, null]))).toEqual([
    { title: "n", by: "on", measure: "n", form: "line" },
  ]);
  expect(viewsOf(mart(["word", "n"], ["a", 1]))).toEqual([
    { title: "n by word", by: "word", measure: "n", form: "bars" },
  ]);
});

test.each([
  ["no rows", mart(["word", "n"])],
  ["no number", mart(["word", "other"], ["a", "b"])],
  ["only keys", mart(["a_id", "b_id"], [1, 2])],
  ["one column", mart(["n"], [1])],
])("a mart with %s is not drawn", (_, one) => expect(viewsOf(one)).toEqual([]));
