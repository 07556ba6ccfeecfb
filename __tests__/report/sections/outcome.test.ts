import type { RunResults } from "../../../contracts/run-results";
import { outcome } from "../../../report/sections/outcome";
import { empty, published, rejected } from "../fixture";
import { allOf, textOf } from "../reading";

const tilesOf = (results: RunResults) => allOf(outcome(results).markup, /<div>(<dt>[\s\S]*?)<\/div>/g);

test("a published run says what it was and its main figures", () => {
  const text = textOf(outcome(published).markup);
  expect(text).toContain("Pipeline run demo-20260115-42 2026-01-15 ✓ Published");
  expect(text).toContain(
    "The batch of customers, products and orders passed its audit, and 3 tables now show this run.",
  );
  expect(text).not.toContain("Why");
  expect(tilesOf(published)).toEqual([
    "Rows read 5,256,352 3 datasets",
    "Inserted or updated 5,052,196 96.12 % of rows read",
    "Quarantined 99,401 1.89 % of rows read",
    "Checks passed 10 of 11 1 warning",
    "Duration 1 min 08 s 77,872 rows/s",
  ]);
});

test("a rejected run says why, and that nothing was published", () => {
  const text = textOf(outcome(rejected).markup);
  expect(text).toContain(
    "2026-01-15 ✗ Rejected The audit refused this batch. The published tables are as they were",
  );
  expect(text).toContain("Why orders: quantity.range failed for 0.6 % of rows, 0.5 % are allowed");
  expect(tilesOf(rejected)[1]).toBe("Rows held back 5,052,196 96.12 % of rows read");
  expect(tilesOf(rejected)[3]).toBe("Checks passed 5 of 7 1 check failed and 1 warning");
});

test("a run without rows divides by nothing", () => {
  expect(tilesOf(empty)).toEqual([
    "Rows read 0 1 dataset",
    "Inserted or updated 0 nothing was read",
    "Quarantined 0 nothing was read",
    "Checks passed 1 of 1 no check failed",
    "Duration 1 min 08 s 0 rows/s",
  ]);
  expect(textOf(outcome({ ...empty, datasets: [] }).markup)).toContain(
    "The batch of no dataset passed its audit",
  );
});

test("rows that nothing accounts for stand at the top", () => {
  const [customers, ...others] = published.datasets;
  if (customers === undefined) throw new Error("the fixture has no dataset");
  const short = { ...customers, dispositions: { ...customers.dispositions, superseded: 700 } };
  expect(textOf(outcome({ ...published, datasets: [short, ...others] }).markup)).toContain(
    "Why customers: 51,234 rows read, but 51,200 accounted for",
  );
});
