import { z } from "zod";
import type { Immutable } from "./json-schema";

/** Version of the shape of ledger entries that this release reads; etl/streaming/ledger.py writes them. */
export const LEDGER_VERSION = 1;

const count = z.int().min(0);
const instant = z.string().regex(/Z$/);
const counts = z.object({ inserted: count, updated: count, superseded: count, quarantined: count });
const example = z.object({ file: z.string(), values: z.record(z.string(), z.string().nullable()) });

/** An applied entry of the ledger of a stream, as far as others than the job read it: `stream_ledger/<dataset>/<number>.json`. */
export const ledgerEntry = z.object({
  schema_version: z.literal(LEDGER_VERSION),
  dataset: z.string().min(1),
  number: z.int().min(1),
  run_date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** Records that were read; read = inserted + updated + superseded + quarantined. */
  counts: counts.extend({ read: count }),
  /** Records that waited in quarantine for what they refer to, by what became of them. */
  released: counts.partial(),
  /** Quarantined records by reason code. */
  reasons: z.record(z.string(), count),
  /** Some of them by the same, without anything personal. */
  examples: z.record(z.string(), z.array(example)).optional(),
  /** Records by the second of their arrival at the broker, in seconds since 1970. */
  arrivals: z.record(z.string().regex(/^\d+$/), count),
  decided_at: instant,
  applied_at: instant,
  /** Sums up to this entry. */
  totals: counts.extend({ read: count }),
});

const outcomes = z.object({ sent: count, acknowledged: count, refused: count, unknown: count });
const seconds = z.number().min(0).nullable();
const latency = z.object({ p50: seconds, p95: seconds, p99: seconds });

/** What the traffic generator sent, and what became of it; services/traffic writes it. */
export const trafficAccount = outcomes.extend({
  schema_version: z.literal(1),
  seed: count,
  rate: z.number().min(0),
  started_at: instant,
  finished_at: instant,
  interrupted: z.boolean(),
  latency,
  records: z.array(
    outcomes.extend({
      dataset: z.string(),
      kind: z.string(),
      route: z.string(),
      expected: z.enum(["accepted", "superseded", "quarantined"]),
      reason: z.string().nullable(),
    }),
  ),
  /** The totals of every second, and the seconds of requests to the endpoint. */
  seconds: z.array(outcomes.extend(latency.shape).extend({ time: instant })),
});

const difference = z.object({
  mismatched: count,
  missing: count,
  extra: count,
  examples: z.record(z.string(), z.array(z.string())),
});

/** The comparison of a closed day with its batch: `streams/verify/<day>.json`; etl/streaming/verify.py writes it. */
export const streamComparison = z.object({
  day: z.string(),
  /** By dataset, and by what was compared: rows, and quarantined records. */
  datasets: z.record(z.string(), z.record(z.string(), difference)),
});

export type LedgerEntry = Immutable<z.infer<typeof ledgerEntry>>;
export type TrafficAccount = Immutable<z.infer<typeof trafficAccount>>;
export type StreamComparison = Immutable<z.infer<typeof streamComparison>>;
export type StreamDifference = Immutable<z.infer<typeof difference>>;
