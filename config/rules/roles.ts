import { partitionOf } from "../catalogue/regions";
import type { Path, Report } from "../problems";
import type { Parts } from "./rule";

const roles = ["data_engineer", "operator", "auditor"] as const;

/** A role that nobody can assume is a mistake, and IAM refuses its trust policy. */
export function holdersRule({ people }: Parts, report: Report): void {
  for (const role of roles) {
    const { principals, saml_provider: provider } = people?.[role] ?? {};
    if (principals === undefined || principals.length > 0 || provider !== undefined) continue;
    report(
      ["people", role],
      "has nobody who may assume it",
      "add principals or a saml_provider, or leave it out",
    );
  }
}

/** IAM knows no principal of another partition. Source: IAM User Guide, "AWS JSON policy elements: Principal". */
export function principalPartitionRule({ people, region }: Parts, report: Report): void {
  for (const role of roles) {
    (people?.[role]?.principals ?? []).forEach((arn, index) => {
      reportOtherPartition(arn, region, ["people", role, "principals", index], report);
    });
  }
}

/**
 * The boundary is a policy of this account or AWS's, and none that CI could rewrite: it may change whatever begins with
 * the environment's name.
 */
export function boundaryRule(parts: Parts, report: Report): void {
  const { project, environment, region, account_id: account, permissions_boundary: boundary } = parts;
  if (boundary === undefined) return;
  const path = ["permissions_boundary"];
  reportOtherPartition(boundary, region, path, report);
  const [, owner] = /^arn:[^:]+:iam::(\d{12}):/.exec(boundary) ?? [];
  if (owner !== undefined && account !== undefined && owner !== account) {
    report(
      path,
      `is a policy of account ${owner}, not of account_id "${account}"`,
      "use a policy of the account itself",
    );
  }
  const prefix = `${project}-${environment}-`;
  if (project === undefined || environment === undefined) return;
  if (!boundary.replace(/^.*:policy\//, "").startsWith(prefix)) return;
  const message = `begins with ${prefix}, which CI may change`;
  report(path, message, "use a policy of another name, which only the account's administrators change");
}

/** Cost Anomaly Detection is there in AWS's commercial partition only. Source: AWS Cost Management User Guide, "AWS Cost Anomaly Detection". */
export function costAnomalyRule({ account, region }: Parts, report: Report): void {
  const emails = account?.cost_anomaly?.emails ?? [];
  if (region === undefined || emails.length === 0 || partitionOf(region) === "aws") return;
  const message = `cannot be told: partition ${partitionOf(region)} has no cost anomaly detection`;
  report(["account", "cost_anomaly", "emails"], message, "leave it out");
}

/**
 * Tags are activated through Cost Explorer, which AWS runs in two partitions.
 * Source: AWS General Reference, "AWS Billing and Cost Management endpoints and quotas", of AWS and of AWS China.
 */
export function costAllocationRule({ account, region }: Parts, report: Report): void {
  if (region === undefined || !account?.cost_allocation_tags) return;
  const partition = partitionOf(region);
  if (partition === "aws" || partition === "aws-cn") return;
  const message = `cannot be done: partition ${partition} has no Cost Explorer`;
  report(["account", "cost_allocation_tags"], message, "leave it out");
}

function reportOtherPartition(arn: string, region: string | undefined, path: Path, report: Report): void {
  const [, partition] = /^arn:([^:]+):/.exec(arn) ?? [];
  if (partition === undefined || region === undefined || partition === partitionOf(region)) return;
  const message = `is in partition ${partition}, but region "${region}" is in ${partitionOf(region)}`;
  report(path, message, `use an ARN that begins with arn:${partitionOf(region)}:`);
}
