import { z } from "zod";
import { stackFacts, text } from "../core/stack-facts";

/** Where the database of runs answers, and the secret that holds its master password. The password is not among the facts. */
export const metadataFacts = stackFacts("metadata", {
  dags: z
    .strictObject({
      address: text.describe("Host name of the database of runs"),
      port: z.int().min(1).max(65_535).describe("Port of the database of runs"),
      database: text.describe("Name of the database on its server"),
      secret_arn: text.describe(
        "Secret with the master user and password of the database, managed by RDS; for migrations",
      ),
    })
    .describe("Where the database of runs answers, and the secret that holds its master password."),
  outputs: z.strictObject({
    metadata_database_id: text.describe("RDS's own id of the database, by which IAM knows its users"),
    metadata_instance: text.describe("Identifier of the RDS instance"),
    metadata_kms_key_arn: text.describe("Key of the database and its secret"),
  }),
});
