import pc from "picocolors";
import { Failure } from "../../base/failure";
import type { EnvironmentConfig } from "../../config";
import { type AccountConfigs, createdOnce, type OncePerAccount } from "../../stacks/bootstrap/accounts";
import { checkCostAllocationTags, checkServicesMonitor } from "./costs";
import type { Account } from "./existing";
import { checkGithubProvider, checkSpotRole } from "./identities";
import { checkIdentity } from "./identity";
import type { Verdict } from "./verdict";

/** One thing that an account has once, and how it is checked. */
interface Check {
  readonly type: OncePerAccount;
  readonly subject: string;
  readonly neededBy: string;
  readonly check: (account: Account) => Promise<Verdict>;
}

const checks: readonly Check[] = [
  {
    type: "aws_iam_service_linked_role",
    subject: "Spot's role",
    neededBy: "clusters",
    check: checkSpotRole,
  },
  {
    type: "aws_iam_openid_connect_provider",
    subject: "GitHub's provider",
    neededBy: "CI",
    check: checkGithubProvider,
  },
  {
    type: "aws_ce_anomaly_monitor",
    subject: "cost monitor",
    neededBy: "mails about unusual costs",
    check: checkServicesMonitor,
  },
  {
    type: "aws_ce_cost_allocation_tag",
    subject: "tags on the bill",
    neededBy: "bills and budgets",
    check: checkCostAllocationTags,
  },
];

/** What was found out about one of them. */
export type OnceVerdict = Verdict & Omit<Check, "check">;

/** An account, with what its bootstrap stack creates. */
export function accountOf(
  config: EnvironmentConfig,
  all: readonly EnvironmentConfig[],
  owned: ReadonlySet<string> | undefined,
): Account {
  const others = all.filter((one) => one.account_id === config.account_id && one !== config);
  const configs: AccountConfigs = [config, ...others];
  return { config, configs, created: createdOnce(configs), owned };
}

/** Checks everything that AWS has once per account. */
export function checkOncePerAccount(account: Account): Promise<OnceVerdict[]> {
  return Promise.all(checks.map(async ({ check, ...about }) => ({ ...about, ...(await check(account)) })));
}

/**
 * Refuses to create what the account has already, which AWS would do in the middle of an apply. What may not be read is
 * printed, and does not count.
 * @throws Failure with everything that was found, and the setting for each
 */
export async function refuseWhatExists(account: Account): Promise<void> {
  const { config, created, owned } = account;
  const identity = await checkIdentity(config);
  // Terraform refuses another account itself; what that one has is none of this one's.
  if (identity.state !== "ok") return warn("what the account has already", identity);
  const found = await checkOncePerAccount(account);
  const unread = found.filter(({ type, state }) => state === "unknown" && created.has(type));
  for (const one of unread) warn(one.subject, one);
  const refused = found.filter(
    ({ type, state }) => state === "wrong" && created.has(type) && !owned?.has(type),
  );
  if (refused.length === 0) return;
  const lines = refused.map(({ subject, detail, remedy }) => `  ${subject}: ${detail}\n    → ${remedy}`);
  throw new Failure(
    `AWS would refuse what bootstrap creates; nothing was changed:\n${lines.join("\n")}`,
    `change every file of account ${config.account_id}, then run bootstrap again`,
  );
}

function warn(subject: string, { detail, remedy }: Verdict): void {
  const advice = remedy === undefined ? "" : `\n  → ${remedy}`;
  console.warn(`${pc.yellow("not checked")} ${subject}: ${detail}${advice}`);
}
