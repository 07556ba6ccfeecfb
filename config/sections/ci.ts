import { z } from "zod";
import type { Report } from "../problems";
import type { DocumentedRule, FileFacts } from "../rule";
import { text, wholeNumber } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";
import { environmentName } from "./identity";

/** GitHub's numbers of accounts and repositories, which have at most ten digits so far. */
const githubId = () => wholeNumber(1, 999_999_999_999).optional();

/** The GitHub repository whose workflows may plan and apply. */
const ciSchema = z.strictObject({
  repository: text(
    /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?\/(?!\.{1,2}$)(?!.*\.git$)[A-Za-z0-9._-]{1,100}$/,
    "a GitHub repository as owner/name, for example example-org/big-data-platform",
  ).describe("Repository whose pull requests may plan, and whose branch may apply."),
  owner_id: githubId().meta({
    description:
      "GitHub's number of the repository's owner, together with `repository_id`: `gh api repos/<owner>/<name> --jq .owner.id`.",
    absent: "any: tokens are known by the names alone",
  }),
  repository_id: githubId().meta({
    description: "GitHub's number of the repository: `gh api repos/<owner>/<name> --jq .id`.",
    absent: "any: tokens are known by the names alone",
  }),
  branch: text(
    // Sources: Git, "git-check-ref-format" and "git-branch".
    /^(?!refs\/|HEAD$)(?!.*(?:\.\.|\/\/|\/\.|\.lock(?:\/|$)))[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,198}[A-Za-z0-9_-])?$/,
    "the name of a branch without refs/heads/, for example main",
  )
    .default("main")
    .describe("Branch that may apply, in the GitHub environment that has this environment's name."),
  create_provider: z
    .boolean()
    .default(true)
    .describe(
      "Creates GitHub's identity provider; false where the account has it already. Terraform forgets, and keeps, one that it has made.",
    ),
  deploy_after: environmentName().optional().meta({
    description: "Environment of the same folder that the workflows deploy before this one.",
    absent: "none",
  }),
});

type Parts = ValidParts<{ ci?: z.output<typeof ciSchema> | undefined }>;

/** A subject of GitHub has both numbers or none. Source: GitHub Docs, "OpenID Connect reference", immutable subject claims. */
function numbersRule({ ci }: Parts, report: Report, { says }: FileFacts): void {
  const [given, lacking] =
    ci?.owner_id === undefined
      ? (["repository_id", "owner_id"] as const)
      : (["owner_id", "repository_id"] as const);
  if (ci?.[given] === undefined || says(["ci", lacking])) return;
  const remedy = `add it (gh api repos/<owner>/<name> --jq '.owner.id, .id' prints both), or remove ci.${given}`;
  report(["ci", given], `needs ci.${lacking} too`, remedy);
}

const rules: readonly DocumentedRule<Parts>[] = [
  { says: "`ci` has both `owner_id` and `repository_id`, or neither.", check: [numbersRule] },
];

/** Section `ci`. */
export const ciSection = {
  schema: ciSchema.optional().meta({
    description: "The GitHub repository whose workflows may plan and apply, without a key.",
    absent: "no access from GitHub",
  }),
  rules,
};
