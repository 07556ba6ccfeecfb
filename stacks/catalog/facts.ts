import { z } from "zod";
import { stackFacts, text } from "../core/stack-facts";

/** The databases of the Glue catalog, and when their tables are maintained. */
export const catalogFacts = stackFacts("catalog", {
  dags: z
    .strictObject({
      database_prefix: text.describe("What the names of the Glue databases begin with"),
      maintenance_days: z.array(text).describe("Days of the week on which tables are maintained"),
      kept_days: z.int().min(1).describe("Days that what was published can still be read"),
    })
    .describe("The databases of the Glue catalog, and when their tables are maintained."),
  outputs: z.strictObject({
    curated_database: text.describe("Glue database of the tables as published"),
    marts_database: text.describe("Glue database of the marts as published"),
    quarantine_database: text.describe("Glue database of the refused rows of every run"),
    athena_workgroup: text.describe("Athena workgroup in which the tables are queried"),
  }),
});
