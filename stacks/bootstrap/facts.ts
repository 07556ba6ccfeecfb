import { z } from "zod";
import { outputFamily, stackFacts, text } from "../core/stack-facts";

/** What exists once per account. */
export const bootstrapFacts = {
  ...stackFacts("bootstrap", {
    outputs: z.strictObject({
      state_bucket: text.describe("Bucket of the Terraform states of all environments of the account"),
      trail_bucket: text.optional().describe("Bucket of the account's CloudTrail"),
      ci_plan_role_arn: text.optional().describe("Role of workflows that plan, from pull requests"),
    }),
  }),
  family: outputFamily<`ci_apply_${string}_role_arn`>(
    /^ci_apply_([a-z0-9_]+)_role_arn$/,
    ([, environment]) => `Role of workflows that apply ${environment}`,
  ),
};
