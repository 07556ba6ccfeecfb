import { z } from "zod";
import { stackFacts, text } from "../core/stack-facts";

/** Airflow, and who is notified by mail. */
export const orchestrationFacts = stackFacts("orchestration", {
  dags: z
    .strictObject({
      project: text.describe("Name of the platform, as DAGs and mails give it"),
      environment: text.describe("Name of the environment, as DAGs and mails give it"),
      notification_emails: z.array(text).min(1).describe("Who is told of every run's end"),
      mail_from: text.describe("Sender of these mails"),
      reconcile_days: z
        .int()
        .min(1)
        .max(90)
        .describe("Days back whose raw files are compared with what runs have read"),
      run_history_days: z
        .int()
        .min(7)
        .max(365)
        .describe("Days that Airflow's database keeps a DAG run after its end"),
      airflow_environment: text.describe("Name of the MWAA environment"),
    })
    .describe("Airflow, and who is notified by mail."),
});
