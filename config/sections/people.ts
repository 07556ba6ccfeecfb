import { z } from "zod";
import { reportOtherPartition } from "../arn-partition";
import type { Report } from "../problems";
import type { DocumentedRule, FileFacts } from "../rule";
import { distinct, text, wholeNumber } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";

/** Source: IAM User Guide, "AWS JSON policy elements: Principal". */
const principal = () =>
  text(
    /^arn:aws[a-z-]*:iam::\d{12}:(?:user|role)\/(?!aws-service-role\/)(?=.{1,576}$)(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
    "the ARN of a role or user, for example arn:aws:iam::111111111111:role/engineers",
  );

/** Session lengths: IAM User Guide, "Update the maximum session duration for a role". */
const roleSchema = z.strictObject({
  principals: distinct(principal(), 0, 20)
    .default([])
    .describe("Existing roles and users that may assume it; users with MFA only."),
  saml_provider: text(
    /^[\w.-]{1,128}$/,
    "the name of a SAML provider of the account: letters, digits and ._-",
  )
    .optional()
    .meta({
      description: "SAML provider of the account whose users may assume it, as the directory says.",
      absent: "none",
    }),
  session_hours: wholeNumber(1, 12).default(8).describe("Longest session in hours."),
});

const publisherSchema = roleSchema.extend({
  publishes: z
    .boolean()
    .default(false)
    .describe(
      "May publish and roll back jobs and DAGs, which run with the rights of Airflow and of the jobs: with all data and connections. Without it that is CI's and administrators' alone.",
    ),
});

const absentRole = (description: string) => ({ description, absent: "no such role" });

/** The roles of people. A role that is not configured does not exist. */
const peopleSchema = z.strictObject({
  data_engineer: publisherSchema
    .optional()
    .meta(
      absentRole(
        "Reads and writes data, reads code, queries the tables, sees clusters and logs, works in Airflow.",
      ),
    ),
  operator: publisherSchema
    .optional()
    .meta(absentRole("Stops clusters, runs Airflow, fills its connections; changes no data.")),
  auditor: roleSchema
    .optional()
    .meta(absentRole("Sees the settings of the account's usual services and the trail; no data.")),
});

type Parts = ValidParts<{
  people: z.output<typeof peopleSchema>;
  project: string;
  environment: string;
  account_id: string;
  region: string;
}>;

const roles = ["data_engineer", "operator", "auditor"] as const;

/** A role that nobody can assume is a mistake, and IAM refuses its trust policy. */
function holdersRule({ people }: Parts, report: Report, { says }: FileFacts): void {
  for (const role of roles) {
    const { principals, saml_provider: provider } = people?.[role] ?? {};
    const isNamed = provider !== undefined || says(["people", role, "saml_provider"]);
    if (principals === undefined || principals.length > 0 || isNamed) continue;
    report(
      ["people", role],
      "has nobody who may assume it",
      "add principals or a saml_provider, or leave it out",
    );
  }
}

/** A role of the environment itself is made by the same plan: IAM refuses a principal that is not there. */
function ownRoleRule({ people, project, environment, account_id: account }: Parts, report: Report): void {
  if (project === undefined || environment === undefined || account === undefined) return;
  const own = new RegExp(`:iam::${account}:role/(?:.*/)?${project}-${environment}-[^/]*$`);
  for (const role of roles) {
    (people?.[role]?.principals ?? []).forEach((arn, index) => {
      if (!own.test(arn)) return;
      const path = ["people", role, "principals", index];
      report(path, "is a role that this environment makes", "use a role or user that exists without it");
    });
  }
}

/** IAM knows no principal of another partition. Source: IAM User Guide, "AWS JSON policy elements: Principal". */
function principalPartitionRule({ people, region }: Parts, report: Report): void {
  for (const role of roles) {
    (people?.[role]?.principals ?? []).forEach((arn, index) => {
      reportOtherPartition(arn, region, ["people", role, "principals", index], report);
    });
  }
}

const rules: readonly DocumentedRule<Parts>[] = [
  {
    says: "Every role of `people` has somebody who may assume it, in the partition of `region`, and no role that the environment makes.",
    check: [holdersRule, ownRoleRule, principalPartitionRule],
  },
];

/** Section `people`. */
export const peopleSection = {
  schema: peopleSchema.prefault({}).describe("Who may do what, by role."),
  rules,
};
