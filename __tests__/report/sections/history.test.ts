import { type EarlierRun, parseHistory } from "../../../report/history";
import { earlierRuns } from "../../../report/sections/history";
import { published } from "../fixture";
import { tableOf, textOf } from "../reading";

const earlier: EarlierRun = {
  run_id: "demo-20260114-42",
  run_date: "2026-01-14",
  status: "published",
  started_at: "2026-01-15T03:00:04Z",
  seconds: 67.2,
  rows_read: 5_000_000,
  rows_quarantined: 98_901,
};
const broken: EarlierRun = {
  ...earlier,
  run_id: "demo-20260113-42",
  run_date: "2026-01-13",
  status: "rejected",
  rows_read: 0,
  rows_quarantined: 0,
};

test("the runs before this one are listed, newest first, and not the run itself", () => {
  const itself = { ...earlier, run_id: published.run_id };
  const { markup } = earlierRuns(published, [itself, earlier, broken]).content;
  expect(textOf(markup)).toContain("2 runs before this one, newest first; 1 was rejected.");
  expect(tableOf(markup, "Earlier runs")).toEqual([
    ["Run date", "Outcome", "Rows read", "Quarantined", "Time", "Run"],
    ["2026-01-14", "✓ Published", "5,000,000", "1.98 %", "1 min 07 s", "demo-20260114-42"],
    ["2026-01-13", "✗ Rejected", "0", "–", "1 min 07 s", "demo-20260113-42"],
  ]);
});

test("a first run says that it is", () => {
  const itself = { ...earlier, run_id: published.run_id };
  expect(textOf(earlierRuns(published, [itself]).content.markup)).toBe(
    "Earlier runs This is the first run in the metadata store.",
  );
});

test("what the store prints is read, and nothing else", () => {
  expect(parseHistory(JSON.stringify([earlier]))).toEqual([earlier]);
  expect(() => parseHistory(JSON.stringify([{ ...earlier, status: "perhaps" }]))).toThrow("status");
  expect(() => parseHistory("no JSON")).toThrow("not valid JSON");
});
