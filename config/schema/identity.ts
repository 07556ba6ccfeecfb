import { z } from "zod";
import { regions } from "../catalogue/regions";
import { distinct, tagValue, text } from "./fields";

const accountId = () => text(/^\d{12}$/, "the 12 digits of an AWS account id, in quotes");
const region = () => z.enum(regions as [string, ...string[]]);

/** Who an environment belongs to and where it lives: the top-level keys of a file. */
export const identityShape = {
  project: text(
    /^(?=.{2,40}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    "2 to 40 lower-case letters, digits and single hyphens, starting with a letter",
  ).describe("Name of the platform; the first part of every resource's name."),
  environment: text(
    /^(?=.{1,12}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    "1 to 12 lower-case letters, digits and single hyphens, starting with a letter",
  ).describe("Name of the environment; equals the name of the file."),
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
  cost_centre: tagValue().describe("Whom the costs are charged to; the tag `cost_centre` of every resource."),
  permissions_boundary: text(
    /^(?:arn:aws[a-z-]*:iam::\d{12}:policy\/)?[\w+=,.@/-]{1,640}$/,
    "the name or the ARN of an IAM policy",
  )
    .optional()
    .meta({
      description:
        "IAM policy that bounds what any role of the environment can be allowed; set on every role, and demanded of every role that CI makes.",
      absent: "none",
    }),
  state: z
    .strictObject({
      region: region().optional().meta({ description: "Region of the state bucket.", absent: "region" }),
    })
    .prefault({})
    .describe("Terraform's state. All environments of an account share one bucket, made by `bootstrap`."),
};
