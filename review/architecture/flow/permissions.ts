import { isObject, type JsonObject, listOf, opened, textsOf } from "../../json";
import type { Estate, Resource } from "../estate";

/** What a role is allowed, statement by statement. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly policy: Resource;
}

function permissionOf(policy: Resource, statement: JsonObject): Permission {
  return { actions: textsOf(statement.Action), resources: textsOf(statement.Resource), policy };
}

/** What the inline policies of a role allow. */
export function permissionsOf(estate: Estate, role: Resource): readonly Permission[] {
  const policies = estate
    .all("aws_iam_role_policy")
    .filter((policy) => estate.named(policy, policy.body.role).includes(role));
  return policies.flatMap((policy) => {
    const document = opened(policy.body.policy);
    if (!isObject(document)) return [];
    return listOf(document.Statement)
      .filter(isObject)
      .map((statement) => permissionOf(policy, statement));
  });
}

/** Whether a permission has an action, such as `s3:PutObject`. */
export function allows({ actions }: Permission, action: string): boolean {
  return actions.some((allowed) =>
    allowed.endsWith("*") ? action.startsWith(allowed.slice(0, -1)) : allowed === action,
  );
}
