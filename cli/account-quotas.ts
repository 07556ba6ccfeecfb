import { Failure } from "../base/failure";
import type { EnvironmentConfig } from "../config";
import { beyondQuotas } from "../policies/ci/workflow-roles";
import { byAccount, workflowAccessOf } from "../stacks/bootstrap/accounts";

/**
 * Refuses accounts whose roles of CI would be too big for IAM, which would say so in the middle of `bootstrap`.
 * @throws Failure with every account and role
 */
export function refuseBeyondQuotas(configs: readonly EnvironmentConfig[]): void {
  const found = byAccount(configs).flatMap((account) => {
    const access = workflowAccessOf(account);
    const names = account.map(({ environment }) => environment).join(", ");
    return access === undefined
      ? []
      : beyondQuotas(access).map((sentence) => `account ${account[0].account_id} (${names}): ${sentence}`);
  });
  if (found.length === 0) return;
  throw new Failure(
    `IAM would refuse the roles of CI:\n  ${found.join("\n  ")}`,
    "move environments to another account (account_id), leave ci out of some, give them the same ci.branch, or use fewer subnets in network.existing",
  );
}
