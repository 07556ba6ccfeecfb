import { iamArnOf, type Place } from "../arn";
import { partitionOf } from "../partition";
import { policyDocument } from "../statement";

/** Issuer of GitHub's tokens, which is the provider's name in IAM. */
export const githubIssuer = "token.actions.githubusercontent.com";

/** Whom GitHub's tokens are made out to. Source: GitHub Docs, "Configuring OpenID Connect in Amazon Web Services". */
export const githubAudience = "sts.amazonaws.com";

/** ARN of GitHub's identity provider, of which an account has one at most. */
export function githubProviderArn(place: Place): string {
  return iamArnOf(place, `oidc-provider/${githubIssuer}`);
}

const trust = (place: Place, conditions: Readonly<Record<string, string | readonly string[]>>): string => {
  const claims = Object.entries(conditions).map(([claim, value]) => [`${githubIssuer}:${claim}`, value]);
  return policyDocument({
    Sid: "AssumedByGitHub",
    Effect: "Allow",
    Principal: { Federated: githubProviderArn(place) },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${githubIssuer}:aud`]: githubAudience, ...Object.fromEntries(claims) } },
  });
};

/**
 * Trust of the role that plans: the repository's own pull requests, and the branches that are applied, for the review
 * before an apply and for the nightly plan. GitHub gives a pull request from a fork no token. A job in a GitHub
 * environment has another subject, and no need to plan only.
 * Source: GitHub Docs, "OpenID Connect reference", example subject claims.
 */
export function planTrust(place: Place, repository: string, branches: readonly string[]): string {
  const subjects = branches.map((branch) => `repo:${repository}:ref:refs/heads/${branch}`);
  return trust(place, { sub: [`repo:${repository}:pull_request`, ...subjects] });
}

/** A repository, and what of it may apply. */
export interface Deployment {
  readonly repository: string;
  readonly branch: string;
  readonly environment: string;
}

/**
 * Trust of the role that applies: one GitHub environment of the repository, on one branch. The subject of a job in an
 * environment does not name its branch; STS checks that claim by itself in AWS's commercial partition, and elsewhere
 * the environment's own rule on branches has to.
 * Sources: GitHub Docs, "OpenID Connect reference"; IAM User Guide, "Available keys for AWS OIDC federation".
 */
export function applyTrust(place: Place, { repository, branch, environment }: Deployment): string {
  const ref = partitionOf(place.region) === "aws" ? { ref: `refs/heads/${branch}` } : {};
  return trust(place, { sub: `repo:${repository}:environment:${environment}`, ...ref });
}
