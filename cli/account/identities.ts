import type { EnvironmentConfig } from "../../config";
import { iamArnOf } from "../../policies/arn";
import { githubAudience } from "../../policies/ci/trust";
import { placeOf } from "../../stacks/core/names";
import { type Account, compareExisting } from "./existing";
import { readGithubProvider, readSamlProvider, readSpotRole, spotRole } from "./reads";
import { ok, type Verdict, verdict } from "./verdict";

/** Whether the account has the role by which EC2 starts spot instances, or bootstrap may create it. */
export async function checkSpotRole(account: Account): Promise<Verdict> {
  const { config, configs, created } = account;
  const isNeeded = configs.some(({ processing }) => processing.compute === "emr");
  if (!isNeeded && !created.has("aws_iam_service_linked_role")) return ok("none is needed without clusters");
  const read = await readSpotRole(config);
  if ("unread" in read) return verdict("unknown", read.unread, read.remedy);
  return compareExisting(account, {
    type: "aws_iam_service_linked_role",
    name: spotRole,
    exists: read.value !== undefined,
    keep: "account.spot_service_linked_role = false",
    make: "account.spot_service_linked_role = true",
  });
}

/** Whether the account has GitHub's identity provider, with the audience of AWS, or bootstrap may create it. */
export async function checkGithubProvider(account: Account): Promise<Verdict> {
  const { config, configs, created } = account;
  const type = "aws_iam_openid_connect_provider";
  if (configs.every(({ ci }) => ci === undefined)) return ok("none is needed without ci");
  const read = await readGithubProvider(config);
  if ("unread" in read) return verdict("unknown", read.unread, read.remedy);
  const { value: audiences } = read;
  if (audiences && !created.has(type) && !audiences.includes(githubAudience)) {
    const remedy = `add it: aws iam add-client-id-to-open-id-connect-provider --client-id ${githubAudience}`;
    return verdict("wrong", `GitHub's identity provider lacks the audience ${githubAudience}`, remedy);
  }
  return compareExisting(account, {
    type,
    name: "GitHub's identity provider",
    exists: audiences !== undefined,
    keep: "ci.create_provider = false",
    make: "ci.create_provider = true",
  });
}

/**
 * Checks that the SAML providers of people's roles exist: IAM may refuse a trust policy that names a missing one.
 * Source: IAM User Guide, "Create a role for SAML 2.0 federation (console)", prerequisites.
 */
export async function checkSamlProviders(config: EnvironmentConfig): Promise<Verdict> {
  const named = Object.values(config.people).flatMap((role) => role?.saml_provider ?? []);
  const providers = [...new Set(named)];
  if (providers.length === 0) return ok("none is needed by people");
  const missing: string[] = [];
  for (const provider of providers) {
    const read = await readSamlProvider(config, iamArnOf(placeOf(config), `saml-provider/${provider}`));
    if ("unread" in read) return verdict("unknown", read.unread, read.remedy);
    if (!read.value) missing.push(provider);
  }
  if (missing.length === 0) return ok(providers.join(", "));
  const detail = `the account has no SAML provider ${missing.join(", ")}, which people names`;
  const remedy =
    "create it from the directory's metadata (aws iam create-saml-provider), or take saml_provider out of people";
  return verdict("missing", detail, remedy);
}
