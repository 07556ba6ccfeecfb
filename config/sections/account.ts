import { z } from "zod";
import { partitionOf } from "../catalogue/regions";
import type { Report } from "../problems";
import type { DocumentedRule } from "../rule";
import { emails, text, wholeNumber } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";

/** Amazon Cost Explorer's anomalies. Limits: AWS Cost Management User Guide, "Quotas and restrictions". */
const costAnomalySchema = z.strictObject({
  emails: emails(0, 10)
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
    .describe("Records who did what in the account, and who wrote which object of the lakes."),
  management_events: z
    .boolean()
    .default(true)
    .describe(
      "Records changes and reads of the account's configuration; false where a trail of the organization does, since AWS bills every copy but the first.",
    ),
  data_reads: z
    .boolean()
    .default(false)
    .describe(
      "Records reads of the data buckets' objects besides: millions in each run, 0.10 $ for 100,000. S3's access logs have them anyway.",
    ),
  expire_days: wholeNumber(90, 3650).default(365).describe("Days the records are kept."),
});

/** What holds for everything in the account that says nothing else. */
const defaultsSchema = z.strictObject({
  block_public_access: z
    .boolean()
    .default(false)
    .describe("Blocks public access to every bucket of the account, other people's among them."),
  encrypt_disks: z
    .boolean()
    .default(false)
    .describe("Encrypts every new disk of EC2 in the regions of the account's environments."),
  require_imdsv2: z
    .boolean()
    .default(false)
    .describe(
      "New instances in these regions answer about themselves and their role only to whoever shows a token; an instance that says otherwise keeps its way.",
    ),
});

/** What exists once per account, whatever environments it has. */
const accountSchema = z.strictObject({
  spot_service_linked_role: z
    .boolean()
    .default(true)
    .describe(
      "Creates the role by which EC2 starts spot instances; false where the account has it already. Terraform forgets, and keeps, one that it has made.",
    ),
  cost_allocation_tags: z
    .boolean()
    .default(false)
    .describe(
      "Makes bills and budgets count by the tags `project`, `environment`, `stack`, `owner` and `cost_centre`. Possible a day after the first environment was applied, in an account that pays its own bill.",
    ),
  cost_anomaly: costAnomalySchema.prefault({}).describe("Mails about unusual costs."),
  trail: trailSchema.prefault({}).describe("The account's CloudTrail."),
  defaults: defaultsSchema
    .prefault({})
    .describe(
      "Security defaults of the account, for everything in it. One that is taken back is lifted, whoever had set it.",
    ),
});

type Parts = ValidParts<{ account: z.output<typeof accountSchema>; account_id: string; region: string }>;

/** Cost Anomaly Detection is there in AWS's commercial partition only. Source: AWS Cost Management User Guide, "AWS Cost Anomaly Detection". */
function costAnomalyRule({ account, region }: Parts, report: Report): void {
  const emails = account?.cost_anomaly?.emails ?? [];
  if (region === undefined || emails.length === 0 || partitionOf(region) === "aws") return;
  const message = `cannot be told: partition ${partitionOf(region)} has no cost anomaly detection`;
  report(["account", "cost_anomaly", "emails"], message, "leave it out");
}

/** A monitor belongs to its account, and one that nobody hears of has no use. */
function monitorRule({ account, account_id: id }: Parts, report: Report): void {
  const monitor = account?.cost_anomaly?.monitor_arn;
  if (monitor === undefined) return;
  const path = ["account", "cost_anomaly", "monitor_arn"];
  const [, owner] = /:ce::(\d{12}):/.exec(monitor) ?? [];
  if (id !== undefined && owner !== id)
    report(
      path,
      `is a monitor of account ${owner}, not of account_id "${id}"`,
      "use the monitor of this account",
    );
  if (account?.cost_anomaly?.emails?.length === 0)
    report(path, "has no use: account.cost_anomaly.emails is empty", "add an address, or remove monitor_arn");
}

/**
 * Tags are activated through Cost Explorer, which AWS runs in two partitions.
 * Source: AWS General Reference, "AWS Billing and Cost Management endpoints and quotas", of AWS and of AWS China.
 */
function costAllocationRule({ account, region }: Parts, report: Report): void {
  if (region === undefined || !account?.cost_allocation_tags) return;
  const partition = partitionOf(region);
  if (partition === "aws" || partition === "aws-cn") return;
  const message = `cannot be done: partition ${partition} has no Cost Explorer`;
  report(["account", "cost_allocation_tags"], message, "leave it out");
}

const rules: readonly DocumentedRule<Parts>[] = [
  {
    says: "Mails about unusual costs are for regions of the partition `aws` only.",
    check: [costAnomalyRule, monitorRule],
  },
  {
    says: "Tags are activated for cost allocation in regions of the partitions `aws` and `aws-cn` only.",
    check: [costAllocationRule],
  },
];

/** Section `account`. */
export const accountSection = {
  schema: accountSchema
    .prefault({})
    .describe("What exists once per account; all environments of an account say the same."),
  rules,
};
