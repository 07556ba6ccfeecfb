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
        .optional()
        .describe("Days back whose raw files are compared with what runs have read; 7 where it is absent"),
      run_history_days: z
        .int()
        .min(7)
        .max(365)
        .optional()
        .describe("Days that Airflow's database keeps a DAG run after its end; 30 where it is absent"),
      airflow_environment: text
        .optional()
        .describe("Name of the MWAA environment; absent until the stack of this release is applied"),
    })
    .describe("Airflow, and who is notified by mail."),
});
