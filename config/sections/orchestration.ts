import { z } from "zod";
import { airflowVersions } from "../catalogue/versions";
import type { Report } from "../problems";
import type { DocumentedRule } from "../rule";
import { email, emails, logRetention, text, wholeNumber } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";
import { lineageSchema } from "./lineage";

/** The MWAA environment. Limits: Amazon MWAA User Guide, "Environment class" and "Service quotas". */
const orchestrationSchema = z.strictObject({
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
    .default("SUN:14:00")
    .describe(
      "When MWAA may take the environment down for up to two hours, in UTC. Runs begin at 00:00 and may take until 08:00.",
    ),
  reconcile_days: wholeNumber(1, 90)
    .default(7)
    .describe(
      "Days back, from yesterday on, whose raw files are compared every morning with what runs have read: a day with files that no run has read gets a run.",
    ),
  run_history_days: wholeNumber(7, 365)
    .default(30)
    .describe(
      "Days that Airflow's own database keeps a DAG run after its end; older ones are deleted every day, but for the newest of each DAG.",
    ),
  notification_emails: emails(1, 50).describe("Who is told of every run's end."),
  mail_from: email().describe("Sender of these mails."),
  lineage: lineageSchema.optional().meta({
    description: "Where OpenLineage events of all DAG runs and tasks go.",
    absent: "none: Airflow sends no events",
  }),
});

type Parts = ValidParts<{ orchestration: z.output<typeof orchestrationSchema> }>;

/**
 * The smallest class does not scale; the others have at least two schedulers.
 * Source: Amazon MWAA User Guide, "Configuring the Amazon MWAA environment class".
 */
function environmentClassRules({ orchestration = {} }: Parts, report: Report): void {
  const { environment_class, schedulers } = orchestration;
  if (environment_class === "mw1.micro") {
    for (const key of ["min_workers", "max_workers", "schedulers"] as const) {
      const value = orchestration[key];
      if (value === undefined || value === 1) continue;
      const message = 'does not fit environment_class "mw1.micro", which has one worker and one scheduler';
      report(["orchestration", key], message, "use 1, or a bigger class");
    }
  } else if (environment_class !== undefined && schedulers === 1) {
    const message = `is below the 2 schedulers of environment_class "${environment_class}"`;
    report(["orchestration", "schedulers"], message, 'use 2 to 5, or "mw1.micro"');
  }
}

function workerRule({ orchestration }: Parts, report: Report): void {
  const { min_workers: low, max_workers: high } = orchestration ?? {};
  if (low === undefined || high === undefined || low <= high) return;
  const message = `is above orchestration.max_workers ${high}`;
  report(["orchestration", "min_workers"], message, `use at most ${high}, or raise max_workers`);
}

/**
 * Airflow refuses to start the same late files twice by the id of the run that it has: that run has to stay in its
 * database as long as their day is compared.
 */
function runHistoryRule({ orchestration }: Parts, report: Report): void {
  const { run_history_days: kept, reconcile_days: compared } = orchestration ?? {};
  if (kept === undefined || compared === undefined || kept >= compared) return;
  const message = `is below orchestration.reconcile_days ${compared}: runs of late files would start again`;
  report(["orchestration", "run_history_days"], message, `use at least ${compared}, or lower reconcile_days`);
}

const rules: readonly DocumentedRule<Parts>[] = [
  {
    says: "`mw1.micro` has one worker and one scheduler, every other class at least two schedulers.",
    check: [environmentClassRules],
  },
  { says: "`min_workers` is at most `max_workers`.", check: [workerRule] },
  {
    says: "`run_history_days` is at least `reconcile_days`: the runs that read late files are known by their ids.",
    check: [runHistoryRule],
  },
];

/** Section `orchestration`. */
export const orchestrationSection = {
  schema: orchestrationSchema.describe("Airflow on MWAA."),
  rules,
};
