import { z } from "zod";
import { reportOtherPartition } from "../arn-partition";
import { partitionOf, regions } from "../catalogue/regions";
import type { Report } from "../problems";
import type { DocumentedRule } from "../rule";
import { distinct, tagValue, text } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";

const accountId = () => text(/^\d{12}$/, "the 12 digits of an AWS account id, in quotes");
const region = () => z.enum(regions as [string, ...string[]]);

/** An environment's name: it is part of resource names, so it is short. */
export const environmentName = () =>
  text(
    /^(?=.{1,12}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    "1 to 12 lower-case letters, digits and single hyphens, starting with a letter",
  );

/** Who an environment belongs to and where it lives: the top-level keys of a file. */
export const identityShape = {
  project: text(
    /^(?=.{2,40}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    "2 to 40 lower-case letters, digits and single hyphens, starting with a letter",
  ).describe("Name of the platform; the first part of every resource's name."),
  environment: environmentName().describe("Name of the environment; equals the name of the file."),
  account_id: accountId().describe("AWS account the environment is created in."),
  allowed_account_ids: distinct(accountId(), 1, 10).optional().meta({
    description:
      "Accounts Terraform may act in; contains `account_id`. Any other account is refused before a change.",
    absent: "[account_id]",
  }),
  region: region().describe("AWS region of every resource."),
  owner: tagValue().describe(
    "Team or person who answers for the environment; the tag `owner` of every resource.",
  ),
  cost_centre: tagValue().describe("The unit that pays; the tag `cost_centre` of every resource."),
  permissions_boundary: text(
    /^(?=.{1,640}$)(?:arn:aws[a-z-]*:iam::\d{12}:policy\/)?(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/,
    "the name or the ARN of an IAM policy",
  )
    .optional()
    .meta({
      description:
        "IAM policy of the account that bounds what any role of the environment can be allowed, instead of the platform's own; set on every role, and demanded of every role that CI makes.",
      absent: "policies that `bootstrap` makes",
    }),
  state: z
    .strictObject({
      region: region().optional().meta({ description: "Region of the state bucket.", absent: "region" }),
    })
    .prefault({})
    .describe("Terraform's state. All environments of an account share one bucket, made by `bootstrap`."),
};

type Parts = ValidParts<z.output<z.ZodObject<typeof identityShape>>>;

/** Names that stacks and states of the account have: an environment of the name would share them. */
const accountNames = ["account", "bootstrap"];

/** An environment is not the account. */
function accountNameRule({ environment }: Parts, report: Report): void {
  if (environment === undefined || !accountNames.includes(environment)) return;
  report(["environment"], "is a name of what exists once per account", "use another name");
}

/** The file's name is the environment's: the way to it is the same for people, commands and state keys. */
function fileNameRule({ environment }: Parts, report: Report, file: { readonly name: string }): void {
  if (environment === undefined || environment === file.name || accountNames.includes(environment)) return;
  const rename = `rename the file to ${environment}.tfvars`;
  const isName = environmentName().safeParse(file.name).success;
  report(
    ["environment"],
    `is not the file's name, ${file.name}`,
    isName ? `use "${file.name}", or ${rename}` : rename,
  );
}

function allowedAccountRule(
  { account_id: account, allowed_account_ids: allowed }: Parts,
  report: Report,
): void {
  if (account === undefined || allowed === undefined || allowed.includes(account)) return;
  report(
    ["allowed_account_ids"],
    `does not contain account_id "${account}"`,
    "add it, or leave the list out",
  );
}

/** An account belongs to one partition: no role of it can reach a bucket in another. */
function stateRegionRule({ region, state }: Parts, report: Report): void {
  if (
    region === undefined ||
    state?.region === undefined ||
    partitionOf(region) === partitionOf(state.region)
  )
    return;
  const message = `is in partition ${partitionOf(state.region)}, but region "${region}" is in ${partitionOf(region)}`;
  report(["state", "region"], message, "use a region of the same partition, or leave it out");
}

/** Prefixes S3 keeps for itself, of those the form of a project admits. Source: Amazon S3 User Guide, "General purpose bucket naming rules". */
const bucketPrefixes = ["sthree-", "amzn-s3-demo-"];

/**
 * The longest names made of project, environment and account fit. Roles have 64 characters, buckets 63.
 * Source: IAM User Guide, "IAM and AWS STS quotas"; Amazon S3 User Guide, "General purpose bucket naming rules".
 */
function nameLengthRules({ project, environment, account_id: account }: Parts, report: Report): void {
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
function reservedNameRule({ project }: Parts, report: Report): void {
  // A hyphen follows the project in every name: `sthree` begins `sthree-dev-data-…`.
  const prefix = [...bucketPrefixes, "sg-"].find((reserved) => `${project}-`.startsWith(reserved));
  if (prefix !== undefined)
    report(["project"], `starts with ${prefix}, which AWS keeps for itself`, "use another name");
}

/**
 * The boundary is a policy of this account or AWS's, and none that CI could rewrite: it may change whatever begins with
 * the environment's name.
 */
function boundaryRule(parts: Parts, report: Report): void {
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

/** The rules about the top-level keys. */
export const identityRules: readonly DocumentedRule<Parts>[] = [
  { says: "`environment` is the name of the file without `.tfvars`.", check: [fileNameRule] },
  { says: "No environment is called `account` or `bootstrap`.", check: [accountNameRule] },
  { says: "`allowed_account_ids` contains `account_id`.", check: [allowedAccountRule] },
  { says: "The state's region is in the partition of `region`.", check: [stateRegionRule] },
  {
    says: "Bucket names (63 characters) and role names (64) made of project, environment and account fit; the project starts with no prefix AWS keeps for itself.",
    check: [nameLengthRules, reservedNameRule],
  },
  {
    says: "`permissions_boundary` is a policy of the account, and none whose name begins with project and environment.",
    check: [boundaryRule],
  },
];
