import { z } from "zod";
import { offerOf } from "../catalogue/database-classes";
import { postgresVersions } from "../catalogue/versions";
import type { Report } from "../problems";
import type { DocumentedRule } from "../rule";
import { logRetention, text, wholeNumber } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";

/** GiB of a disk of General Purpose SSD. Source: Amazon RDS User Guide, "Amazon RDS DB instance storage". */
const MOST_STORAGE = 65_536;

/** The database of runs. Limits: Amazon RDS User Guide, "Settings for DB instances" and "DB instance storage". */
export const metadataSchema = z.strictObject({
  postgres_version: z
    .enum(postgresVersions)
    .default("17")
    .describe("Major version of PostgreSQL; RDS installs minor ones by itself in the maintenance window."),
  instance_class: text(
    /^db\.[a-z][a-z0-9]{1,4}\.(?:micro|small|medium|large|\d{0,2}xlarge)$/,
    "a class of RDS, for example db.t4g.small",
  )
    .default("db.t4g.small")
    .describe("Size of the database server."),
  allocated_storage_gb: wholeNumber(20, MOST_STORAGE).default(20).describe("Disk at the start, in GiB."),
  maximum_storage_gb: wholeNumber(22, MOST_STORAGE)
    .default(100)
    .describe("How far RDS may enlarge the disk by itself, in GiB; at least a tenth above the start."),
  multi_az: z
    .boolean()
    .default(true)
    .describe("A standby in a second zone, which takes over when the first one fails."),
  read_replicas: wholeNumber(0, 15)
    .default(0)
    .describe("Copies for reading. RDS has none where it manages the password, so this stays 0."),
  backup_retention_days: wholeNumber(1, 35)
    .default(7)
    .describe("Days back to any second of which the database can be restored."),
  weekly_maintenance_window: text(
    /^(?:MON|TUE|WED|THU|FRI|SAT|SUN):(?:[01]\d|2[0-3]):(?:00|30)$/,
    "a day and a half hour in UTC, DAY:HH:MM, for example SUN:03:00 or SUN:03:30",
  )
    .default("SUN:16:00")
    .describe(
      "When RDS may begin an hour of maintenance, in UTC; the daily backup begins two hours earlier. Runs begin at 00:00.",
    ),
  log_retention_days: logRetention()
    .default(90)
    .describe("Days the database's own logs are kept in CloudWatch Logs."),
  deletion_protection: z
    .boolean()
    .default(true)
    .describe("Makes RDS refuse to delete the database: the first of two keys. Always in production."),
  final_snapshot: z
    .boolean()
    .default(true)
    .describe("Leaves a snapshot, `<project>-<environment>-metadata-final`, when the database is deleted."),
});

type Parts = ValidParts<{
  metadata: z.output<typeof metadataSchema>;
  environment: string;
  region: string;
}>;

/** Storage autoscaling needs room: this part of the start at least. Source: Amazon RDS User Guide, "Managing capacity automatically with storage autoscaling". */
const leastGrowth = 10;

function storageRule({ metadata }: Parts, report: Report): void {
  const { allocated_storage_gb: start, maximum_storage_gb: most } = metadata ?? {};
  if (start === undefined || most === undefined) return;
  const least = start + Math.ceil(start / leastGrowth);
  if (most >= least) return;
  if (least > MOST_STORAGE) {
    const room = `leaves less than a tenth below ${MOST_STORAGE}, the most that RDS enlarges a disk to`;
    const highest = Math.floor(MOST_STORAGE / (1 + 1 / leastGrowth));
    report(["metadata", "allocated_storage_gb"], room, `use ${highest} or less`);
    return;
  }
  const message = `is less than a tenth above metadata.allocated_storage_gb ${start}`;
  report(["metadata", "maximum_storage_gb"], message, `use ${least} or more`);
}

/**
 * RDS for PostgreSQL makes no read replica of a database whose password it manages, and here it always does: any other
 * password would have to pass through Terraform.
 * Source: Amazon RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager", limitations.
 */
function replicaRule({ metadata }: Parts, report: Report): void {
  if (!metadata?.read_replicas) return;
  report(
    ["metadata", "read_replicas"],
    "cannot be had with the managed password, which RDS for PostgreSQL refuses to replicate",
    "use 0; multi_az = true survives a zone, a bigger instance_class answers more queries",
  );
}

/** RDS offers the class in the region. Source: Amazon RDS User Guide, "DB instance class types". */
function classRule({ metadata, region }: Parts, report: Report): void {
  const { instance_class: name } = metadata ?? {};
  const offer = name === undefined || region === undefined ? undefined : offerOf(name, region);
  if (offer === undefined || offer.offered) return;
  const message = `is not offered for PostgreSQL in ${region}, as RDS answered before ${offer.date}`;
  const instead = offer.instead.length === 0 ? "a class that the region offers" : offer.instead.join(", ");
  report(
    ["metadata", "instance_class"],
    message,
    `use ${offer.instead.length > 1 ? "one of " : ""}${instead}`,
  );
}

/** Production's database outlives a destroy, as its buckets do. */
function databaseProtectionRule(
  { environment, metadata }: Parts,
  report: Report,
  file: { readonly name: string },
): void {
  if (![environment, file.name].some((name) => name?.startsWith("prod"))) return;
  for (const key of ["deletion_protection", "final_snapshot"] as const) {
    if (metadata?.[key] !== false) continue;
    report(["metadata", key], "would let production's database be lost for good", "use true");
  }
}

const rules: readonly DocumentedRule<Parts>[] = [
  { says: "The database's class is one that RDS for PostgreSQL offers in the region.", check: [classRule] },
  { says: "The database's storage may grow by a tenth at least.", check: [storageRule] },
  {
    says: "There is no read replica of the database, because RDS manages its password.",
    check: [replicaRule],
  },
  {
    says: "`metadata.deletion_protection` and `metadata.final_snapshot` are true where the environment's name starts with `prod`.",
    check: [databaseProtectionRule],
  },
];

/** Section `metadata`. */
export const metadataSection = {
  schema: metadataSchema.prefault({}).describe("The database of runs, on RDS for PostgreSQL."),
  rules,
};
