import { iamArnOf, type Place } from "../arn";
import { partitionOf } from "../partition";
import { policyDocument, type Statement } from "../statement";

/** Issuer of GitHub's tokens, which is the provider's name in IAM. */
export const githubIssuer = "token.actions.githubusercontent.com";

/** The audience of GitHub's tokens. Source: GitHub Docs, "Configuring OpenID Connect in Amazon Web Services". */
export const githubAudience = "sts.amazonaws.com";

/** ARN of GitHub's identity provider, of which an account has one at most. */
export function githubProviderArn(place: Place): string {
  return iamArnOf(place, `oidc-provider/${githubIssuer}`);
}

/** A GitHub repository. */
export interface Repository {
  /** `owner/name`. */
  readonly name: string;
  /**
   * GitHub's numbers of the owner and the repository, which survive a rename and are never given out again.
   * @default unknown: any number is accepted after the names
   */
  readonly ids?: { readonly owner: number; readonly repository: number };
}

type Claims = Readonly<Record<string, string | readonly string[]>>;

const ofIssuer = (claims: Claims): Claims =>
  Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${githubIssuer}:${claim}`, value]));

/**
 * The same context in both forms of GitHub's subject. Repositories that were created, renamed or transferred after
 * 15 July 2026 have the numbers of owner and repository in it. Source: GitHub Docs, "OpenID Connect reference",
 * immutable subject claims.
 */
function bothSubjects({ name, ids }: Repository, context: string): string[] {
  const [owner, repository] = name.split("/");
  const [ownerId, repositoryId] = ids ? [ids.owner, ids.repository] : ["*", "*"];
  return [`repo:${name}:${context}`, `repo:${owner}@${ownerId}/${repository}@${repositoryId}:${context}`];
}

/**
 * Whether STS validates GitHub's own claims next to the subject: in AWS's commercial partition only.
 * Source: IAM User Guide, "Available keys for AWS OIDC federation".
 */
const validatesClaims = (place: Place): boolean => partitionOf(place.region) === "aws";

/**
 * Trust in tokens of a repository. With its numbers every claim is compared as a whole, and where AWS validates
 * `repository_id`, a repository that takes over a name that was given up stays out. Without them the numbers are
 * wildcards: neither name contains an `@`, and GitHub escapes colons in a context, so that a wildcard cannot reach
 * another repository or another context.
 */
function trust(place: Place, repository: Repository, contexts: readonly string[], claims: Claims): string {
  const { ids } = repository;
  const sub = contexts.flatMap((context) => bothSubjects(repository, context));
  const numbered: Claims =
    ids && validatesClaims(place) ? { repository_id: String(ids.repository), ...claims } : claims;
  const exact: Claims = { aud: githubAudience, ...(ids ? { sub } : {}), ...numbered };
  const Condition: Statement["Condition"] = {
    StringEquals: ofIssuer(exact),
    ...(ids ? {} : { StringLike: ofIssuer({ sub }) }),
  };
  return policyDocument({
    Sid: "AssumedByGitHub",
    Effect: "Allow",
    Principal: { Federated: githubProviderArn(place) },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition,
  });
}

/**
 * Trust of the role that plans: the repository's own pull requests, and the branches that are applied, for the review
 * before an apply and for the nightly plan. GitHub gives a pull request from a fork no token. A job in a GitHub
 * environment has another subject, and no need to plan only.
 * Source: GitHub Docs, "OpenID Connect reference", example subject claims.
 */
export function planTrust(place: Place, repository: Repository, branches: readonly string[]): string {
  const contexts = branches.map((branch) => `ref:refs/heads/${branch}`);
  return trust(place, repository, ["pull_request", ...contexts], {});
}

/** A repository, and what of it may apply. */
export interface Deployment {
  readonly repository: Repository;
  readonly branch: string;
  readonly environment: string;
}

/**
 * Trust of the role that applies: one GitHub environment of the repository, on one branch. The subject of a job in an
 * environment does not name its branch; STS validates that claim by itself in AWS's commercial partition, and elsewhere
 * the environment's own rule on branches has to.
 * Sources: GitHub Docs, "OpenID Connect reference"; IAM User Guide, "Available keys for AWS OIDC federation".
 */
export function applyTrust(place: Place, { repository, branch, environment }: Deployment): string {
  const ref: Claims = validatesClaims(place) ? { ref: `refs/heads/${branch}` } : {};
  return trust(place, repository, [`environment:${environment}`], ref);
}
