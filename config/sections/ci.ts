import { z } from "zod";
import { text } from "../schema/fields";
import { environmentName } from "./identity";

/** The GitHub repository whose workflows may plan and apply. */
const ciSchema = z.strictObject({
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
  deploy_after: environmentName().optional().meta({
    description: "Environment of the same folder that the workflows deploy before this one.",
    absent: "none",
  }),
});

/** Section `ci`. */
export const ciSection = {
  schema: ciSchema.optional().meta({
    description: "The GitHub repository whose workflows may plan and apply, without a key.",
    absent: "no access from GitHub",
  }),
  rules: [],
};
