import { z } from "zod";
import { distinct, email, wholeNumber } from "./fields";

/** What alarms may be raised on. */
const areas = ["compute", "airflow", "database", "network", "pipeline"] as const;

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
    .default(15)
    .describe("Minutes without a sign of life from Airflow's scheduler."),
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
  emails: distinct(email(), 0, 10)
    .default([])
    .describe("Who is told directly, besides those who are told of alarms."),
});

const recipients = (severity: string) =>
  distinct(email(), 1, 50)
    .optional()
    .meta({
      description: `Who is told of ${severity}; each has to confirm a first mail.`,
      absent: "orchestration.notification_emails",
    });

export const observabilitySchema = z.strictObject({
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
