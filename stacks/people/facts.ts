import { z } from "zod";
import { stackFacts, text } from "../core/stack-facts";

/** The roles of people; one that nobody may assume does not exist. */
export const peopleFacts = stackFacts("people", {
  outputs: z.strictObject({
    data_engineer_role_arn: text.optional().describe("Role of people who write contracts, jobs and DAGs"),
    operator_role_arn: text.optional().describe("Role of people who keep the platform running"),
    auditor_role_arn: text.optional().describe("Role of people who check what others do"),
  }),
});
