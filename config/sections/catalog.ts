import { z } from "zod";
import type { Report } from "../problems";
import type { DocumentedRule } from "../rule";
import { distinct, wholeNumber } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";
import type { lakeSchema } from "./lake";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/**
 * Athena's workgroup, and the upkeep of the tables it reads. A limit is at least 10 MB; here it is told in GB, as the
 * price of a scan is.
 * Source: Amazon Athena User Guide, "Configure per-query and per-workgroup data usage controls".
 */
const catalogSchema = z.strictObject({
  query_scan_limit_gb: wholeNumber(1, 100_000)
    .default(100)
    .describe("GB (10⁹ bytes) that one query may scan; Athena cancels it there, and bills what was scanned."),
  results_expire_days: wholeNumber(1, 3650)
    .default(14)
    .describe("Days the results of queries are kept, at most as long as quarantined rows."),
  maintenance_days: distinct(z.enum(weekdays), 0, 7)
    .default(["sunday"])
    .describe(
      "Days on which the tables are maintained, at noon in UTC: small files joined, old snapshots and files of none dropped. None: never.",
    ),
});

type Parts = ValidParts<{
  catalog: z.output<typeof catalogSchema>;
  lake: z.output<typeof lakeSchema>;
}>;

/** A result may repeat quarantined rows: it must not be what is left of them. */
function resultsRule({ lake, catalog }: Parts, report: Report): void {
  const days = catalog?.results_expire_days;
  const quarantine = lake?.lifecycle?.quarantine_expire_days;
  if (days === undefined || quarantine === undefined || days <= quarantine) return;
  const message = `is longer than lake.lifecycle.quarantine_expire_days ${quarantine}`;
  report(["catalog", "results_expire_days"], message, `use at most ${quarantine}`);
}

const rules: readonly DocumentedRule<Parts>[] = [
  { says: "Results of queries are kept at most as long as quarantined rows.", check: [resultsRule] },
];

/** Section `catalog`. */
export const catalogSection = {
  schema: catalogSchema.prefault({}).describe("Queries over the tables, by Athena."),
  rules,
};
