import { bucketArnOf, iamArnOf } from "../arn";
import { boundaryPath } from "../boundary/scope";
import { policyDocument, type Statement } from "../statement";
import { applyRole, planRole, type WorkflowAccess, type WorkflowRole } from "./workflow-roles";

/** Path of the roles and policies of CI, which keeps them apart from the names that CI may change. */
export const ciPath = "/ci/";

/** Name of the policy that bounds the roles of CI, if the configuration names no other. */
export function ciBoundaryName(project: string): string {
  return `${project}-ci-boundary`;
}

const actionsOf = (roles: readonly WorkflowRole[]): string[] => {
  const documents = roles.flatMap(({ policies }) => Object.values(policies));
  const statements = documents.flatMap((document): Statement[] => JSON.parse(document).Statement);
  return [...new Set(statements.flatMap(({ Action }) => Action))].sort();
};

/** All actions of the services that CI works with; of IAM only those that its policies name. */
function permitted(roles: readonly WorkflowRole[]): string[] {
  const actions = actionsOf(roles);
  const services = new Set(actions.map((action) => action.split(":")[0] ?? ""));
  services.delete("iam");
  return [
    ...[...services].map((service) => `${service}:*`),
    ...actions.filter((one) => one.startsWith("iam:")),
  ];
}

/**
 * What a role of CI can be allowed, should somebody give it more policies than the platform does: the services of its
 * policies, and their actions of IAM, but neither its own roles and boundaries, nor roles without a boundary, nor the
 * account's own state.
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
      Action: permitted(roles),
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
      Sid: "KeepAccountState",
      Effect: "Deny",
      Action: ["s3:DeleteObject*", "s3:PutObject*"],
      Resource: bucketArnOf(place, `${stateBucket}/*/account/*`),
    },
  );
}
