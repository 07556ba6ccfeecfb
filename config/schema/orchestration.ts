import { z } from "zod";
import { airflowVersions } from "../catalogue/versions";
import { distinct, email, logRetention, text, wholeNumber } from "./fields";

/**
 * Where Airflow sends OpenLineage events; what authenticates there would be in the state, so nothing does.
 * Source: apache-airflow-providers-openlineage, "Using OpenLineage integration", transport setup.
 */
const lineageSchema = z.strictObject({
  url: text(
    /^https?:\/\/[^\s/?#@]+$/,
    "a server's address, for example https://lineage.example.com",
  ).describe(
    "Server that takes OpenLineage events, Marquez for instance; Airflow's subnets have to reach it.",
  ),
  endpoint: text(/^[\w-]+(?:[/.][\w-]+)*$/, "a path without a slash at either end")
    .default("api/v1/lineage")
    .describe("Path of the server's API."),
});

/** The MWAA environment. Limits: Amazon MWAA User Guide, "Environment class" and "Service quotas". */
export const orchestrationSchema = z.strictObject({
  airflow_version: z
    .enum(airflowVersions)
    .default("3.0.6")
    .describe("Airflow version, which the DAGs are tested with."),
  environment_class: z
    .enum(["mw1.micro", "mw1.small", "mw1.medium", "mw1.large", "mw1.xlarge", "mw1.2xlarge"])
    .default("mw1.small")
    .describe("Size of the MWAA environment. `mw1.micro` has one worker and one scheduler."),
  min_workers: wholeNumber(1, 25).default(1).describe("Fewest Airflow workers."),
  max_workers: wholeNumber(1, 25).default(2).describe("Most Airflow workers."),
  schedulers: wholeNumber(1, 5).default(2).describe("Schedulers: 2 to 5, or 1 with `mw1.micro`."),
  log_level: z
    .enum(["CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG"])
    .default("INFO")
    .describe("Least severe level that Airflow's logs keep."),
  log_retention_days: logRetention()
    .default(365)
    .describe("Days that CloudWatch keeps Airflow's five logs, those of tasks among them."),
  weekly_maintenance_window: text(
    /^(?:MON|TUE|WED|THU|FRI|SAT|SUN):(?:[01]\d|2[0-3]):(?:00|30)$/,
    "a day and a half hour in UTC, DAY:HH:MM, for example SUN:03:00 or SUN:03:30",
  )
    .default("SUN:03:00")
    .describe("When MWAA may take the environment down for up to two hours, in UTC."),
  notification_emails: distinct(email(), 1, 50).describe("Who is told of every run's end."),
  mail_from: email().describe("Sender of these mails."),
  lineage: lineageSchema.optional().meta({
    description: "Where OpenLineage events of all DAG runs and tasks go.",
    absent: "none: Airflow sends no events",
  }),
});
