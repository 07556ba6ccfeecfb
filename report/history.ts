import { z } from "zod";

const count = z.int().min(0);

/** A run as the metadata store lists it (`python -m platform_metadata history --json`). */
const earlierRun = z.object({
  run_id: z.string().min(1),
  run_date: z.iso.date(),
  status: z.enum(["published", "rejected"]),
  started_at: z.iso.datetime(),
  seconds: z.number().min(0),
  rows_read: count,
  rows_quarantined: count,
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
