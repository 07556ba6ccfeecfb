import type { Check } from "../../contracts/run-results";
import type { EarlierRun } from "../../report/history";
import { qualityChecks } from "../../report/sections/checks";
import { trendOf } from "../../report/trend";
import { published } from "./fixture";
import { allOf, tableOf } from "./reading";

const range = published.datasets[2]?.checks.find(({ id }) => id === "quantity.range") as Check;

/** Runs that judged `orders`, newest first as the store lists them: failed rows of a thousand, or a verdict alone. */
function runs(...outcomes: readonly (number | boolean)[]): readonly EarlierRun[] {
  return outcomes
    .map((outcome, day): EarlierRun => {
      const rows = typeof outcome === "number";
      const check = { failed_rows: rows ? outcome : null, passed: rows ? outcome <= 20 : outcome };
      return {
        run_id: `run-${day}`,
        run_date: "2026-01-14",
        status: "published",
        started_at: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
        seconds: 1,
        rows_read: 1000,
        rows_quarantined: 0,
        datasets: { orders: { rows_read: 1000, checks: { "quantity.range": check } } },
        usage: null,
      };
    })
    .reverse();
}

const markupOf = (history: readonly EarlierRun[]): string => trendOf("orders", range, history)?.markup ?? "";
const bars = (markup: string) =>
  [...markup.matchAll(/<rect class="(\w+)" x="(\d+)" y="[\d.]+" width="4" height="([\d.]+)"/g)].map(
    ([, kind, x, height]) => [kind, Number(x), Number(height)],
  );

test("there is a bar for each run, the newest at the end, as tall as what failed", () => {
  const markup = markupOf(runs(10, 0, 40));
  expect(bars(markup)).toEqual([
    ["passed", 0, 5],
    ["passed", 5, 2],
    ["error", 10, 20],
  ]);
  expect(allOf(markup, /<title>([^<]*)</g)).toEqual(["The last 3 runs: 1.00 %, 0 % and 4.00 %"]);
});

test("what is far below what is allowed looks so", () => {
  expect(bars(markupOf(runs(5, 10))).map(([, , height]) => height)).toEqual([5, 10]);
});

test("a promise of a whole dataset is kept or not", () => {
  const markup = markupOf(runs(true, false));
  expect(bars(markup)).toEqual([
    ["passed", 0, 2],
    ["error", 5, 20],
  ]);
  expect(allOf(markup, /<title>([^<]*)</g)).toEqual(["The last 2 runs: passed and failed"]);
});

test("a warning is of another colour than an error", () => {
  const markup = trendOf("orders", { ...range, severity: "warning" }, runs(1, 40))?.markup ?? "";
  expect(bars(markup).map(([kind]) => kind)).toEqual(["passed", "warning"]);
});

test("of many runs the last twenty are drawn, and of one there is no trend", () => {
  expect(bars(markupOf(runs(...Array(25).fill(1))))).toHaveLength(20);
  expect(trendOf("orders", range, runs(1))).toBeNull();
  expect(trendOf("customers", range, runs(1, 2))).toBeNull();
});

test("the checks have a column of it, empty for a check that is new", () => {
  const { markup } = qualityChecks(published, runs(1, 2)).content;
  const [head, ...rows] = tableOf(markup, "Checks of orders");
  expect(head?.at(-1)).toBe("Last runs");
  expect(rows.every((row) => row.length === 8)).toBe(true);
  expect(markup.match(/class="trend"/g)).toHaveLength(1);
  expect(tableOf(markup, "Checks of products")[0]?.at(-1)).toBe("Allowed");
});
