import type { EnvironmentConfig } from "../../config";
import type { OwnEnvironment } from "../../policies/ci";
import type { Repository } from "../../policies/ci/trust";
import type { DeployedEnvironment, WorkflowAccess } from "../../policies/ci/workflow-roles";
import { boundariesOf, placeOf, stateBucketOf } from "../core/names";

/** The environments of one account. */
export type AccountConfigs = readonly [EnvironmentConfig, ...EnvironmentConfig[]];

/** Key of the state of what an account has once. */
export function accountStateKey({ project }: EnvironmentConfig): string {
  return `${project}/account/bootstrap.tfstate`;
}

/** The tags of every resource that divide a bill. */
export const billedBy = ["cost_centre", "environment", "owner", "project", "stack"] as const;

/** What the stack creates that an account has one of at most, or that needs something of the account first. */
export type OncePerAccount =
  | "aws_ce_anomaly_monitor"
  | "aws_ce_cost_allocation_tag"
  | "aws_iam_openid_connect_provider"
  | "aws_iam_service_linked_role";

/** Which of these the stack of an account creates. */
export function createdOnce(configs: AccountConfigs): ReadonlySet<OncePerAccount> {
  const { spot_service_linked_role, cost_allocation_tags, cost_anomaly } = configs[0].account;
  const created: Readonly<Record<OncePerAccount, boolean>> = {
    aws_ce_anomaly_monitor: cost_anomaly.emails.length > 0 && cost_anomaly.monitor_arn === undefined,
    aws_ce_cost_allocation_tag: cost_allocation_tags,
    aws_iam_openid_connect_provider: createsProvider(configs),
    aws_iam_service_linked_role: spot_service_linked_role,
  };
  const types = Object.keys(created) as OncePerAccount[];
  return new Set(types.filter((type) => created[type]));
}

/** Whether GitHub's provider is to be created; the environments that name a repository agree on it. */
export function createsProvider(configs: AccountConfigs): boolean {
  const repositories = configs.flatMap(({ ci }) => ci ?? []);
  return repositories.length > 0 && repositories.every(({ create_provider }) => create_provider);
}

/** The environments of each account, in the order of the first ones. */
export function byAccount(configs: readonly EnvironmentConfig[]): AccountConfigs[] {
  const accounts = new Map<string, AccountConfigs>();
  for (const config of configs) {
    const earlier = accounts.get(config.account_id);
    accounts.set(config.account_id, earlier ? [...earlier, config] : [config]);
  }
  return [...accounts.values()];
}

/** What workflows may do in an account; undefined where no environment names a repository. */
export function workflowAccessOf(configs: AccountConfigs): WorkflowAccess | undefined {
  const [first, ...others] = configs.flatMap(deployedBy);
  if (!first) return undefined;
  return {
    repository: repositoryOf(configs),
    environments: [first, ...others],
    stateBucket: stateBucketOf(configs[0]),
    project: configs[0].project,
  };
}

function deployedBy(config: EnvironmentConfig): DeployedEnvironment[] {
  const { project, environment, ci } = config;
  if (!ci) return [];
  const own = {
    project,
    environment,
    place: placeOf(config),
    ...existingNetworkOf(config),
    ...(config.streaming === undefined ? {} : { hasKafka: true }),
  };
  return [{ own, branch: ci.branch, boundaryArns: boundariesOf(config) }];
}

/** The repository with its numbers, which one of the environments that share it may be alone to give. */
function repositoryOf(configs: AccountConfigs): Repository {
  const all = configs.flatMap(({ ci }) => ci ?? []);
  const name = all[0]?.repository ?? "";
  for (const { owner_id: owner, repository_id: repository } of all) {
    if (owner !== undefined && repository !== undefined) return { name, ids: { owner, repository } };
  }
  return { name };
}

/** The network that is there, if the environment uses one. */
function existingNetworkOf({ network: { existing } }: EnvironmentConfig): Pick<OwnEnvironment, "existing"> {
  if (existing === undefined) return {};
  const { vpc_id: vpcId, public_subnets, private_subnets, database_subnets } = existing;
  const subnets = [public_subnets, private_subnets, database_subnets].flatMap(Object.values<{ id: string }>);
  return { existing: { vpcId, subnetIds: subnets.map(({ id }) => id).sort() } };
}
