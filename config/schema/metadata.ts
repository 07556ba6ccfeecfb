import { z } from "zod";
import { postgresVersions } from "../catalogue/versions";
import { logRetention, text, wholeNumber } from "./fields";

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
  allocated_storage_gb: wholeNumber(20, 65_536).default(20).describe("Disk at the start, in GiB."),
  maximum_storage_gb: wholeNumber(22, 65_536)
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
    .default("SUN:04:00")
    .describe(
      "When RDS may begin an hour of maintenance, in UTC; the daily backup begins two hours earlier.",
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
