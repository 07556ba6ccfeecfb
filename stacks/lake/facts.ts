import { z } from "zod";
import { stackFacts, text } from "../core/stack-facts";

/** Where data, code and logs are, and the key they are encrypted with. */
export const lakeFacts = stackFacts("lake", {
  dags: z
    .strictObject({
      data_bucket: text.describe("Bucket of raw, staged, curated and published data"),
      artifacts_bucket: text.describe("Bucket of releases, DAGs and Airflow's requirements"),
      logs_bucket: text.describe("Bucket of the logs of clusters, jobs and Spark events"),
      data_kms_key_arn: text.describe("Key of data, code, logs and Airflow"),
    })
    .describe("Where data, code and logs are, and the key that encrypts them."),
  outputs: z.strictObject({
    query_results_bucket: text.describe("Bucket of what queries in Athena found"),
  }),
});
