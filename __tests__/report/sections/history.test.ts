import { type EarlierRun, parseHistory, type Usage } from "../../../report/history";
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
  datasets: {},
  usage: null,
};
const serverless: Usage = {
  compute: "emr_serverless",
  quantities: { vcpu_hour: 2.5, memory_gb_hour: 10 },
  prices: null,
  currency: null,
  cost: null,
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
    ["Run date", "Outcome", "Rows read", "Quarantined", "Time", "Used", "Run"],
    ["2026-01-14", "✓ Published", "5,000,000", "1.98 %", "1 min 07 s", "unknown", "demo-20260114-42"],
    ["2026-01-13", "✗ Rejected", "0", "–", "1 min 07 s", "unknown", "demo-20260113-42"],
  ]);
});

test("what they used is there, and a cost where any has one: never a zero for what nobody knows", () => {
  const runs: EarlierRun[] = [
    { ...earlier, usage: { ...serverless, currency: "EUR", prices: { vcpu_hour: 1 }, cost: 0.0042 } },
    { ...earlier, usage: { ...serverless, compute: "emr", currency: "EUR", prices: {}, cost: 1.5 } },
    { ...earlier, usage: serverless },
    { ...earlier, usage: { ...serverless, compute: null, quantities: null } },
    { ...earlier, usage: null },
  ];
  const [head, ...rows] = tableOf(earlierRuns(published, runs).content.markup, "Earlier runs");
  expect(head?.slice(-3)).toEqual(["Used", "Cost", "Run"]);
  expect(rows.map((row) => row.slice(-3, -1))).toEqual([
    ["2.5 vCPU hours", "0.0042 EUR"],
    ["2.5 vCPU hours", "≈ 1.50 EUR"],
    ["2.5 vCPU hours", "unknown"],
    ["unknown", "unknown"],
    ["unknown", "unknown"],
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
  expect(() => parseHistory(JSON.stringify([{ ...earlier, usage: {} }]))).toThrow("quantities");
  expect(() => parseHistory("no JSON")).toThrow("not valid JSON");
});
