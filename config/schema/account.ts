import { z } from "zod";
import { distinct, email, text, wholeNumber } from "./fields";

/** Amazon Cost Explorer's anomalies. Limits: AWS Cost Management User Guide, "Quotas and restrictions". */
const costAnomalySchema = z.strictObject({
  emails: distinct(email(), 0, 10)
    .default([])
    .describe("Who is told once a day of unusual costs; nobody means no monitor either."),
  threshold_usd: wholeNumber(1, 1_000_000)
    .default(100)
    .describe("Least impact of an anomaly, in US dollars, that is worth a mail."),
  monitor_arn: text(/^arn:aws[a-z-]*:ce::\d{12}:anomalymonitor\/[\w-]+$/, "the ARN of a cost anomaly monitor")
    .optional()
    .meta({
      description:
        "Monitor of AWS services that the account has already; an account has one at most, and newer ones are born with it.",
      absent: "a new one",
    }),
});

const trailSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe("Records who did what in the account, and who read and wrote which object of the lakes."),
  expire_days: wholeNumber(90, 3650).default(365).describe("Days the records are kept."),
});

/** What exists once per account, whatever environments it has. */
export const accountSchema = z.strictObject({
  spot_service_linked_role: z
    .boolean()
    .default(true)
    .describe("Creates the role by which EC2 starts spot instances; false where the account has it already."),
  cost_allocation_tags: z
    .boolean()
    .default(false)
    .describe(
      "Makes bills and budgets count by the tags `project`, `environment`, `stack`, `owner` and `cost_centre`. Possible a day after the first environment was applied, in an account that pays its own bill.",
    ),
  cost_anomaly: costAnomalySchema.prefault({}).describe("Mails about unusual costs."),
  trail: trailSchema.prefault({}).describe("The account's CloudTrail."),
});

/** The GitHub repository whose workflows may plan and apply. */
export const ciSchema = z.strictObject({
  repository: text(
    /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?\/[A-Za-z0-9._-]{1,100}$/,
    "a GitHub repository as owner/name, for example example-org/big-data-platform",
  ).describe("Repository whose pull requests may plan, and whose branch may apply."),
  branch: text(
    /^(?!.*(?:\.\.|\/\/))[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/,
    "the name of a branch, for example main",
  )
    .default("main")
    .describe("Branch that may apply, in the GitHub environment that has this environment's name."),
  create_provider: z
    .boolean()
    .default(true)
    .describe("Creates GitHub's identity provider; false where the account has it already."),
});
