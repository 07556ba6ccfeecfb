import type { LedgerEntry, StreamComparison, TrafficAccount } from "../../../contracts/stream-ledger";
import type { StreamHistory } from "../../../report";

/** Noon, in seconds since 1970. */
export const NOON = Date.parse("2026-03-01T12:00:00Z") / 1000;

const at = (seconds: number): string => new Date((NOON + seconds) * 1000).toISOString();

/** An entry of 100 records that arrived within two seconds and were committed some seconds after noon. */
export function entry(number: number, dataset: string, committed: number, arrived: number): LedgerEntry {
  return {
    schema_version: 1,
    ...{ dataset, number, run_date: "2026-03-01" },
    counts: { read: 100, inserted: 80, updated: 10, superseded: 6, quarantined: 4 },
    released: {},
    reasons: { "product_id.reference": 3, "row.malformed": 1 },
    arrivals: { [NOON + arrived]: 60, [NOON + arrived + 1]: 40 },
    decided_at: at(committed - 1),
    applied_at: at(committed),
    totals: { read: 100 * number, inserted: 80, updated: 10, superseded: 6, quarantined: 4 },
  };
}

const outcomes = { sent: 3, acknowledged: 2, refused: 1, unknown: 0 };
const latency = { p50: 0.01, p95: 0.02, p99: 0.03 };

export const account: TrafficAccount = {
  schema_version: 1,
  ...{ seed: 7, rate: 10, started_at: at(0), finished_at: at(30), interrupted: false },
  ...{ sent: 300, acknowledged: 299, refused: 1, unknown: 0, latency },
  records: [
    { dataset: "web_events", kind: "sound", route: "kafka", expected: "accepted", reason: null, ...outcomes },
    {
      ...{ dataset: "web_events", kind: "orphan", route: "endpoint", expected: "quarantined" as const },
      ...{ reason: "product_id.reference", ...outcomes },
    },
  ],
  seconds: [1, 2, 3].map((second) => ({ time: at(second), ...outcomes, ...latency })),
};

const none = { mismatched: 0, missing: 0, extra: 0, examples: {} };

export const equal: StreamComparison = {
  day: "2026-03-01",
  datasets: { orders: { rows: none, quarantined: none } },
};

export const different: StreamComparison = {
  day: "2026-03-01",
  datasets: { orders: { rows: { ...none, missing: 2, examples: { missing: ["17", "18"] } } } },
};

export const stream: StreamHistory = {
  entries: [entry(1, "orders", 5, 0), entry(1, "web_events", 10, 2), entry(2, "web_events", 20, 12)],
  account,
  comparisons: [equal],
};
