import { z } from "zod";
import { wholeNumber } from "../schema/fields";

/** How raw data that arrives starts the pipeline. */
const eventsSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      "Raw data starts the pipeline when it has arrived, instead of the clock: the daily runs are skipped.",
    ),
  quiet_minutes: wholeNumber(1, 1440)
    .default(15)
    .describe("A batch is complete when nothing of its run date has arrived for so long."),
});

/** Section `events`. */
export const eventsSection = {
  schema: eventsSchema.prefault({}).describe("Raw data that starts the pipeline when it arrives."),
  rules: [],
};
