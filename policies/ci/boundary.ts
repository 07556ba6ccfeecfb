import { bucketArnOf, iamArnOf } from "../arn";
import { boundaryPath } from "../boundary/scope";
import { policyDocument, type Statement } from "../statement";
import type { CiPolicies } from ".";
import { applyRole, planRole, type WorkflowAccess } from "./workflow-roles";

/** Path of the roles and policies of CI, which keeps them apart from the names that CI may change. */
export const ciPath = "/ci/";

/** Name of the policy that bounds the roles of CI, if the configuration names no other. */
export function ciBoundaryName(project: string): string {
  return `${project}-ci-boundary`;
}

const servicesOf = (policies: readonly CiPolicies[]): string[] => {
  const statements = policies
    .flatMap((documents) => Object.values(documents))
    .flatMap((document): Statement[] => JSON.parse(document).Statement);
  const actions = statements.flatMap(({ Action }) => Action);
  return [...new Set(actions.map((action) => action.split(":")[0] ?? ""))].sort();
};

/**
 * What a role of CI can be allowed, should somebody give it more policies than the platform does: the services of its
 * policies, but neither its own roles and boundaries, nor roles without a boundary, nor keys of people, nor the trail, nor
 * the account's own state.
 * Source: IAM User Guide, "Delegating responsibility to others using permissions boundaries".
 */
export function ciBoundary(access: WorkflowAccess): string {
  const { environments, stateBucket } = access;
  const { place } = environments[0].own;
  const roles = [planRole(access), ...environments.map((deployed) => applyRole(access, deployed))];
  const own = ["role", "policy"].map((kind) => iamArnOf(place, `${kind}${ciPath}*`));
  return policyDocument(
    {
      Sid: "Services",
      Effect: "Allow",
      Action: servicesOf(roles.map(({ policies }) => policies)).map((service) => `${service}:*`),
      Resource: "*",
    },
    {
      Sid: "KeepCi",
      Effect: "Deny",
      Action: "iam:*",
      Resource: [...own, iamArnOf(place, `policy${boundaryPath}*`)],
    },
    {
      Sid: "MakeBoundedRoles",
      Effect: "Deny",
      Action: ["AttachRolePolicy", "CreateRole", "PutRolePermissionsBoundary", "PutRolePolicy"].map(
        (action) => `iam:${action}`,
      ),
      Resource: "*",
      Condition: {
        StringNotEquals: {
          "iam:PermissionsBoundary": [...new Set(environments.flatMap(({ boundaryArns }) => boundaryArns))],
        },
      },
    },
    {
      Sid: "KeepBoundariesAndMakeNoUsers",
      Effect: "Deny",
      Action: ["AddUserToGroup", "CreateAccessKey", "CreateGroup", "CreateLoginProfile", "CreateUser"]
        .concat("DeleteRolePermissionsBoundary", "UpdateLoginProfile")
        .map((action) => `iam:${action}`),
      Resource: "*",
    },
    {
      Sid: "KeepAccountState",
      Effect: "Deny",
      Action: ["s3:DeleteObject*", "s3:PutObject*"],
      Resource: bucketArnOf(place, `${stateBucket}/*/account/*`),
    },
  );
}
