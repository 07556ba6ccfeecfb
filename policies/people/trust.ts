import { iamArnOf, type Place } from "../arn";
import { samlAudiences } from "../partition";
import { policyDocument, type Statement } from "../statement";

/** Who may assume a role of people. */
export interface Assumers {
  /** ARNs of roles and users. */
  readonly principals: readonly string[];
  /** Name of a SAML provider of the account. @default none */
  readonly samlProvider?: string;
}

const byDirectory = (place: Place, provider: string): Statement => ({
  Sid: "AssumedByDirectory",
  Effect: "Allow",
  Principal: { Federated: iamArnOf(place, `saml-provider/${provider}`) },
  Action: "sts:AssumeRoleWithSAML",
  Condition: { StringEquals: { "SAML:aud": samlAudiences(place.region) } },
});

/**
 * A directory may name the person and pass on attributes, which the trail then shows. No policy here decides by them.
 * Source: IAM User Guide, "Pass session tags in AWS STS" and "Monitor and control actions taken with assumed roles".
 */
const namedByDirectory = (place: Place, provider: string): Statement => ({
  Sid: "NamedByDirectory",
  Effect: "Allow",
  Principal: { Federated: iamArnOf(place, `saml-provider/${provider}`) },
  Action: ["sts:SetSourceIdentity", "sts:TagSession"],
});

const byUsers = (users: readonly string[]): Statement => ({
  Sid: "AssumedByUsersWithMfa",
  Effect: "Allow",
  Principal: { AWS: users },
  Action: "sts:AssumeRole",
  Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
});

const byRoles = (roles: readonly string[]): Statement => ({
  Sid: "AssumedByRoles",
  Effect: "Allow",
  Principal: { AWS: roles },
  Action: "sts:AssumeRole",
});

/**
 * Trust of a role of people. Users show a second factor. A session of a role, IAM Identity Center's among them, does
 * not carry that mark, whatever the directory has asked for: there the directory answers for it.
 * Sources: IAM User Guide, "AWS global condition context keys", aws:MultiFactorAuthPresent, and "Creating a role for
 * SAML 2.0 federation".
 */
export function peopleTrust(place: Place, { principals, samlProvider }: Assumers): string {
  const users = principals.filter((arn) => arn.includes(":user/"));
  const roles = principals.filter((arn) => !arn.includes(":user/"));
  return policyDocument(
    ...(samlProvider === undefined
      ? []
      : [byDirectory(place, samlProvider), namedByDirectory(place, samlProvider)]),
    ...(users.length > 0 ? [byUsers(users)] : []),
    ...(roles.length > 0 ? [byRoles(roles)] : []),
  );
}
