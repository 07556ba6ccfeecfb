import { z } from "zod";

const count = z.int().min(0);

/** What a run used, by unit, and what that cost. Without quantities nobody knows, and nobody asks any more. */
const usage = z.object({
  compute: z.enum(["emr", "emr_serverless", "local"]).nullable(),
  quantities: z.record(z.string(), z.number().min(0)).nullable(),
  prices: z.record(z.string(), z.number().min(0)).nullable(),
  currency: z.string().length(3).nullable(),
  cost: z.number().min(0).nullable(),
});

export type Usage = Readonly<z.infer<typeof usage>>;

/** How the checks of a dataset went in a run; the rows are null for what is promised of a whole dataset. */
const judged = z.object({
  rows_read: count,
  checks: z.record(z.string(), z.object({ failed_rows: count.nullable(), passed: z.boolean() })),
});

/** A run as the metadata store lists it (`python -m platform_metadata history --json`). */
const earlierRun = z.object({
  run_id: z.string().min(1),
  run_date: z.iso.date(),
  status: z.enum(["published", "rejected"]),
  started_at: z.iso.datetime(),
  seconds: z.number().min(0),
  rows_read: count,
  rows_quarantined: count,
  datasets: z.record(z.string(), judged).describe("By name."),
  usage: usage.nullable().describe("Null until it is known."),
});

/** One run among those the report compares with. */
export type EarlierRun = Readonly<z.infer<typeof earlierRun>>;

/**
 * Reads the list of runs that the store printed.
 * @throws when it is not such a list
 */
export function parseHistory(text: string): readonly EarlierRun[] {
  return z.array(earlierRun).parse(JSON.parse(text));
}
