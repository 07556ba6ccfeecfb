import { z } from "zod";
import type { Report } from "../problems";
import type { DocumentedRule } from "../rule";
import { wholeNumber } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";

const days = (from: number) => wholeNumber(from, 3650);

/** How long data stays, and where. Source: Amazon S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle". */
const lifecycleSchema = z.strictObject({
  infrequent_access_after_days: days(30)
    .default(30)
    .describe(
      "Days until raw data moves to Standard-IA; S3 moves nothing before 30. Tables stay in Standard: every run reads them.",
    ),
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
  rewritten_expire_days: days(1)
    .default(14)
    .describe(
      "Days a file of curated data or marts is kept after it was deleted, at most `noncurrent_expire_days`: what snapshots still need is not deleted before.",
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

type Parts = ValidParts<{ lake: z.output<typeof lakeSchema>; environment: string }>;

/** Days S3 asks for between Standard-IA and the next class. */
const daysBetweenClasses = 30;

/**
 * Data grows colder in steps that S3 accepts. What expires are other prefixes, which stay in one class until then, so
 * no expiry has to wait for a transition.
 * Source: Amazon S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle".
 */
function retentionRules({ lake }: Parts, report: Report): void {
  const { infrequent_access_after_days: cool, archive_after_days: archive } = lake?.lifecycle ?? {};
  if (cool === undefined || archive === undefined || archive >= cool + daysBetweenClasses) return;
  const message = `is less than ${daysBetweenClasses} days after infrequent_access_after_days ${cool}`;
  report(["lake", "lifecycle", "archive_after_days"], message, `use ${cool + daysBetweenClasses} or more`);
}

/** Production's data outlives a destroy. */
function forceDestroyRule(
  { environment, lake }: Parts,
  report: Report,
  file: { readonly name: string },
): void {
  if (lake?.force_destroy !== true || ![environment, file.name].some((name) => name?.startsWith("prod")))
    return;
  report(["lake", "force_destroy"], "would let production's data be deleted with its buckets", "use false");
}

const rules: readonly DocumentedRule<Parts>[] = [
  { says: "Raw data is archived at least 30 days after it moved to Standard-IA.", check: [retentionRules] },
  {
    says: "`force_destroy` is false where the environment's name starts with `prod`.",
    check: [forceDestroyRule],
  },
];

/** Section `lake`. */
export const lakeSection = {
  schema: lakeSchema.prefault({}).describe("The buckets."),
  rules,
};
