import { z } from "zod";
import { maximumConnections, offerOf } from "../catalogue/database-classes";
import { partitionOf } from "../catalogue/regions";
import type { Report } from "../problems";
import type { DocumentedRule } from "../rule";
import { distinct, emails, wholeNumber } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";
import type { metadataSchema } from "./metadata";
import type { processingSchema } from "./processing";
import type { streamingSchema } from "./streaming";

/** What alarms may be raised on. */
const areas = ["compute", "airflow", "database", "network", "pipeline", "streaming"] as const;

/**
 * When it is too much. An alarm that looks back does so for a day at most, or a week in periods of an hour; one on a query
 * for three hours. Sources: Amazon CloudWatch API Reference, "PutMetricAlarm"; Amazon CloudWatch User Guide, "Metrics
 * Insights quotas".
 */
const thresholdsSchema = z.strictObject({
  freshness_hours: wholeNumber(1, 168)
    .default(30)
    .describe("Hours without a published run; the pipeline runs once a day."),
  quarantine_percent: wholeNumber(0, 99)
    .default(5)
    .describe("Percent of a dataset's rows in quarantine that a run may have."),
  idle_cluster_minutes: wholeNumber(10, 175)
    .default(90)
    .describe("Minutes that an EMR cluster may idle: longer than `processing.idle_timeout_seconds`."),
  full_capacity_hours: wholeNumber(1, 24)
    .default(3)
    .describe("Hours that the EMR Serverless application may be at a limit."),
  failed_tasks: wholeNumber(1, 1000)
    .default(3)
    .describe("Tries of Airflow tasks that fail within an hour; a task has three."),
  scheduler_silence_minutes: wholeNumber(5, 60)
    .default(45)
    .describe(
      "Minutes without a sign of life from Airflow's scheduler; an update of MWAA takes 20 to 40 of them.",
    ),
  queued_task_minutes: wholeNumber(5, 1440)
    .default(30)
    .describe("Minutes a task waits for an Airflow worker."),
  vpn_failed_authentications: wholeNumber(1, 10_000)
    .default(10)
    .describe("Attempts to connect to the VPN that fail within a quarter of an hour."),
  database_cpu_percent: wholeNumber(1, 100).default(80).describe("Percent of the database's CPU in use."),
  database_free_storage_gb: wholeNumber(1, 65_536)
    .default(5)
    .describe("GiB of the database's storage that have to stay free."),
  database_connections: wholeNumber(1, 16_000)
    .default(60)
    .describe("Connections to the database; the smallest instance takes about 80."),
  kafka_disk_percent: wholeNumber(1, 100)
    .default(85)
    .describe("Percent of a Kafka broker's disk in use; above `streaming.storage_target_percent`."),
  kafka_under_replicated_minutes: wholeNumber(5, 175)
    .default(60)
    .describe(
      "Minutes that partitions of Kafka may lack a copy; an update restarts one broker after another.",
    ),
});

const budgetSchema = z.strictObject({
  monthly_usd: wholeNumber(1, 10_000_000).describe(
    "What the environment may cost in a month, in US dollars.",
  ),
  actual_percents: distinct(wholeNumber(1, 1000), 1, 8)
    .default([80, 100])
    .describe("Percent of it, spent, at which somebody is told; from 100 on it is critical."),
  forecast_percent: wholeNumber(1, 1000)
    .default(100)
    .describe("Percent of it, foreseen for the end of the month, at which somebody is told."),
  emails: emails(0, 10).default([]).describe("Who is told directly, besides those who are told of alarms."),
});

const recipients = (severity: string) =>
  emails(1, 50)
    .optional()
    .meta({
      description: `Who is told of ${severity}; each has to confirm a first mail.`,
      absent: "orchestration.notification_emails",
    });

const observabilitySchema = z.strictObject({
  critical_emails: recipients("what somebody has to look at now"),
  warning_emails: recipients("what can wait for the next working day"),
  alarms: distinct(z.enum(areas), 0, areas.length)
    .default([...areas])
    .describe(
      "What alarms are raised on; the dashboard shows the rest, too. An alarm costs about 0.10 USD a month.",
    ),
  thresholds: thresholdsSchema.prefault({}).describe("When an alarm is raised."),
  budget: budgetSchema.optional().meta({
    description: "What the environment may cost. Counts what carries its tag `environment`.",
    absent: "none",
  }),
});

type ObservabilityFile = z.output<typeof observabilitySchema>;

/** The same with its recipients. */
export type ObservabilityConfig = Omit<ObservabilityFile, "critical_emails" | "warning_emails"> & {
  critical_emails: string[];
  warning_emails: string[];
};

/** @param otherwise who is told where the file names nobody */
export function observabilityOf(file: ObservabilityFile, otherwise: string[]): ObservabilityConfig {
  const { critical_emails = otherwise, warning_emails = otherwise } = file;
  return { ...file, critical_emails, warning_emails };
}

type Parts = ValidParts<{
  observability: z.output<typeof observabilitySchema>;
  metadata: z.output<typeof metadataSchema>;
  processing: z.output<typeof processingSchema>;
  streaming: z.output<typeof streamingSchema> | undefined;
  region: string;
}>;

/** Minutes that an alarm on a query can look back, in whole periods below three hours. */
const longest = 175;

const threshold = (name: string) => ["observability", "thresholds", name];

/** A cluster that ends itself in time is no reason to be told. */
function idleClusterRule({ processing, observability }: Parts, report: Report): void {
  const minutes = observability?.thresholds?.idle_cluster_minutes;
  const seconds = processing?.idle_timeout_seconds;
  if (minutes === undefined || seconds === undefined || processing?.compute !== "emr") return;
  if (minutes * 60 > seconds) return;
  const message = `is no longer than the ${seconds} seconds of processing.idle_timeout_seconds, after which a cluster ends itself`;
  const least = Math.floor(seconds / 60) + 1;
  const lower = "lower processing.idle_timeout_seconds";
  const allowed =
    least <= longest ? `use ${least} to ${longest}, or ${lower}` : `${lower} below ${longest * 60}`;
  report(threshold("idle_cluster_minutes"), message, allowed);
}

/** An alarm that is raised from the first day says nothing. */
function freeStorageRule({ metadata, observability }: Parts, report: Report): void {
  const free = observability?.thresholds?.database_free_storage_gb;
  const allocated = metadata?.allocated_storage_gb;
  if (free === undefined || allocated === undefined || free < allocated) return;
  const message = `is not less than metadata.allocated_storage_gb ${allocated}`;
  report(threshold("database_free_storage_gb"), message, `use ${allocated - 1} or less`);
}

/** An alarm above what the database takes is never raised. */
function connectionsRule({ metadata, observability, region = "" }: Parts, report: Report): void {
  const connections = observability?.thresholds?.database_connections;
  const { instance_class: size } = metadata ?? {};
  const exists = size !== undefined && offerOf(size, region)?.offered !== false;
  const most = exists ? maximumConnections(size) : undefined;
  if (connections === undefined || most === undefined || connections < most) return;
  const message = `is not below the ${most} connections that metadata.instance_class ${size} takes`;
  report(threshold("database_connections"), message, `use ${most - 1} or less`);
}

/** Disks that grow by themselves have grown before somebody has to look. */
function kafkaDiskRule({ streaming, observability }: Parts, report: Report): void {
  const percent = observability?.thresholds?.kafka_disk_percent;
  const { maximum_storage_gb: most, storage_target_percent: target } = streaming ?? {};
  if (percent === undefined || most === undefined || target === undefined || percent > target) return;
  const message = `is not above streaming.storage_target_percent ${target}, from which on disks grow`;
  report(threshold("kafka_disk_percent"), message, `use ${target + 1} or more`);
}

/**
 * A budget is in US dollars, as the bills of the partition `aws` are: GovCloud's costs are on the bill of a standard
 * account, China's and the European Sovereign Cloud's are not in dollars.
 * Sources: AWS General Reference, "AWS Billing and Cost Management endpoints and quotas"; AWS GovCloud (US) User Guide,
 * "AWS GovCloud (US) billing and payment".
 */
function budgetRule({ region, observability }: Parts, report: Report): void {
  if (region === undefined || observability?.budget === undefined || partitionOf(region) === "aws") return;
  const message = `cannot be watched: partition ${partitionOf(region)} has no AWS Budgets in US dollars`;
  report(["observability", "budget"], message, "leave it out, and set a budget where the bill is");
}

const rules: readonly DocumentedRule<Parts>[] = [
  {
    says: "Where runs compute on EMR, an idle cluster is told of only after it should have ended itself.",
    check: [idleClusterRule],
  },
  {
    says: "The free storage at which the database's alarm is raised is less than the storage it has.",
    check: [freeStorageRule],
  },
  {
    says: "The connections at which the database's alarm is raised are fewer than its class takes.",
    check: [connectionsRule],
  },
  {
    says: "Where the disks of Kafka brokers grow by themselves, their alarm is raised above the point from which on they grow.",
    check: [kafkaDiskRule],
  },
  { says: "A budget is for regions of the partition `aws` only.", check: [budgetRule] },
];

/** Section `observability`. */
export const observabilitySection = {
  schema: observabilitySchema.prefault({}).describe("Alarms, whom they are told to, and the budget."),
  rules,
};
