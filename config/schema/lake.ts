import { z } from "zod";
import { wholeNumber } from "./fields";

const days = (from: number) => wholeNumber(from, 3650);

/** How long data stays, and where. Source: Amazon S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle". */
const lifecycleSchema = z.strictObject({
  infrequent_access_after_days: days(30)
    .default(30)
    .describe("Days until raw data, tables and marts move to Standard-IA; S3 moves nothing before 30."),
  archive_after_days: days(60)
    .default(90)
    .describe(
      "Days until raw data moves to Glacier Instant Retrieval, at least 30 after the move to Standard-IA.",
    ),
  noncurrent_expire_days: days(1)
    .default(30)
    .describe(
      "Days an overwritten or deleted version is kept, and a table can be read as it was; of quarantined rows one day.",
    ),
  quarantine_expire_days: days(1)
    .default(90)
    .describe("Days a quarantined row is kept, and can be replayed; a day later its versions are gone, too."),
  staged_expire_days: days(1).default(7).describe("Days the intermediate files of a run are kept."),
  logs_expire_days: days(1).default(365).describe("Days cluster, event and access logs are kept."),
});

export const lakeSchema = z.strictObject({
  lifecycle: lifecycleSchema.prefault({}).describe("Retention of the buckets."),
  force_destroy: z
    .boolean()
    .default(false)
    .describe("Lets `destroy` delete buckets that still hold data. Never in production."),
});
