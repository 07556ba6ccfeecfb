import type { Report } from "../problems";
import type { Parts } from "./rule";

/** Prefixes S3 keeps for itself, of those the form of a project admits. Source: Amazon S3 User Guide, "General purpose bucket naming rules". */
const bucketPrefixes = ["sthree-", "amzn-s3-demo-"];

/**
 * The longest names made of project, environment and account fit. Roles have 64 characters, buckets 63.
 * Source: IAM User Guide, "IAM and AWS STS quotas"; Amazon S3 User Guide, "General purpose bucket naming rules".
 */
export function nameLengthRules({ project, environment, account_id: account }: Parts, report: Report): void {
  if (project === undefined) return;
  const check = (names: string, length: number, limit: number) => {
    if (length <= limit) return;
    const message = `makes ${names} ${length} characters long, above ${limit}`;
    report(["project"], message, `use at most ${project.length - (length - limit)} characters`);
  };
  const checkBucket = (name: string) => check(`the bucket name ${name}`, name.length, 63);
  if (account !== undefined) checkBucket(`${project}-terraform-state-${account}`);
  if (environment === undefined) return;
  if (account !== undefined) checkBucket(`${project}-${environment}-access-logs-${account}`);
  check("role names up to", `${project}-${environment}-`.length + longestRole, 64);
}

/** What the role names of the stacks may add to project and environment. */
const longestRole = 24;

/**
 * The project begins every bucket's and every security group's name.
 * Source: also Amazon EC2 API Reference, "CreateSecurityGroup": no name starts with `sg-`.
 */
export function reservedNameRule({ project }: Parts, report: Report): void {
  const prefix = [...bucketPrefixes, "sg-"].find((reserved) => project?.startsWith(reserved));
  if (prefix !== undefined)
    report(["project"], `starts with ${prefix}, which AWS keeps for itself`, "use another name");
}
