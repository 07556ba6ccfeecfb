import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { AccountDefaults } from "../../modules/account/account-defaults";
import { CostAllocation } from "../../modules/billing/cost-allocation";
import { CostAnomalies } from "../../modules/billing/cost-anomalies";
import { Trail } from "../../modules/cloudtrail/trail";
import { GithubAccess } from "../../modules/iam/github-access";
import { Bucket } from "../../modules/storage/bucket";
import { auditorBoundary } from "../../policies/boundary/auditor";
import { environmentBoundary } from "../../policies/boundary/environment";
import { auditorBoundaryName, boundaryPath, environmentBoundaryName } from "../../policies/boundary/scope";
import { ciBoundary, ciBoundaryName, ciPath } from "../../policies/ci/boundary";
import type { WorkflowAccess } from "../../policies/ci/workflow-roles";
import {
  accountPlaceOf,
  boundedEnvironmentOf,
  lakeBucketOf,
  namedBoundaryOf,
  stateBucketOf,
  trailOf,
} from "../core/names";
import { PlatformStack } from "../core/platform-stack";
import {
  type AccountConfigs,
  accountStateKey,
  billedBy,
  createsProvider,
  workflowAccessOf,
} from "./accounts";
import { bootstrapFacts } from "./facts";

/** Days an overwritten state is kept: the way back from a state gone wrong. */
const stateVersionsKept = 365;

export interface BootstrapStackProps {
  /** Every environment of the account; they agree on what is the account's. */
  readonly configs: AccountConfigs;
}

/**
 * What exists once per account: the bucket of Terraform's states, its own included, the account's trail, access for
 * GitHub's workflows, and what AWS knows once per account. It starts on local state and moves into its bucket;
 * destroying an environment leaves it alone. The states are encrypted by S3 itself, so that no key's loss takes them
 * along.
 */
export class BootstrapStack extends PlatformStack<typeof bootstrapFacts> {
  constructor(scope: Construct, { configs }: BootstrapStackProps) {
    const [config] = configs;
    const bucket = stateBucketOf(config);
    super(scope, `bootstrap-${config.account_id}`, {
      facts: bootstrapFacts,
      state: { bucket, key: accountStateKey(config), region: config.state.region },
      region: config.state.region,
      allowedAccountIds: [config.account_id],
      tags: {
        project: config.project,
        environment: "account",
        owner: config.owner,
        cost_centre: config.cost_centre,
        stack: "bootstrap",
        managed_by: "terraform",
      },
    });
    const state = new Bucket(this, "state", {
      name: bucket,
      rules: [{ id: "noncurrent-versions", noncurrentExpireAfter: stateVersionsKept }],
    });
    state.attachPolicy();
    this.publish({ state_bucket: state.id });
    this.recordActions(configs, bucket);
    if (config.account.cost_allocation_tags) new CostAllocation(this, "cost_allocation", { keys: billedBy });
    this.watchCosts(config);
    this.setDefaults(configs);
    this.boundEnvironments(configs);
    this.admitWorkflows(configs);
    if (config.account.spot_service_linked_role) {
      new IamServiceLinkedRole(this, "spot", { awsServiceName: "spot.amazonaws.com" });
    }
  }

  /** Writes of the lakes' data, and all use of their code and of the states; not their logs, which would be logged for being written. */
  private recordActions(configs: AccountConfigs, stateBucket: string): void {
    const [config] = configs;
    const { trail } = config.account;
    if (!trail.enabled) return;
    const { bucket: bucketName, ...names } = trailOf(config);
    const buckets = (name: string) => configs.map((one) => lakeBucketOf(one, name));
    const [data, artifacts] = [buckets("data"), buckets("artifacts")];
    const recorded = new Trail(this, "trail", {
      ...names,
      bucketName,
      place: accountPlaceOf(config),
      expireAfter: trail.expire_days,
      watchedBuckets: [stateBucket, ...[...artifacts, ...(trail.data_reads ? data : [])].sort()],
      writtenBuckets: trail.data_reads ? [] : data.sort(),
      managementEvents: trail.management_events,
    });
    this.publish({ trail_bucket: recorded.bucket.id });
  }

  private setDefaults(configs: AccountConfigs): void {
    const { block_public_access, encrypt_disks, require_imdsv2 } = configs[0].account.defaults;
    new AccountDefaults(this, "defaults", {
      blockPublicAccess: block_public_access,
      encryptDisks: encrypt_disks,
      requireMetadataTokens: require_imdsv2,
      regions: [...new Set(configs.map(({ region }) => region))].sort(),
    });
  }

  private watchCosts({ project, account }: EnvironmentConfig): void {
    const { emails, threshold_usd: threshold, monitor_arn: monitorArn } = account.cost_anomaly;
    if (emails.length === 0) return;
    new CostAnomalies(this, "cost_anomalies", {
      name: project,
      emails,
      threshold,
      ...(monitorArn === undefined ? {} : { monitorArn }),
    });
  }

  /** The boundaries of the environments' roles; where the configuration names another, that is the account's own. */
  private boundEnvironments(configs: AccountConfigs): void {
    for (const config of configs) {
      if (namedBoundaryOf(config) !== undefined) continue;
      const own = boundedEnvironmentOf(config);
      const bound = (roles: string, name: string, policy: string) =>
        new IamPolicy(this, `${roles}_${config.environment.replaceAll("-", "_")}`, {
          name,
          path: boundaryPath,
          description: "What a role can be allowed, whatever its policies say",
          policy,
        });
      bound("boundary", environmentBoundaryName(own), environmentBoundary(own));
      if (!config.people.auditor) continue;
      const trail = { ...trailOf(config), place: accountPlaceOf(config) };
      bound("auditor_boundary", auditorBoundaryName(own), auditorBoundary(own, trail));
    }
  }

  private admitWorkflows(configs: AccountConfigs): void {
    const admitted = workflowAccessOf(configs);
    if (!admitted) return;
    const named = configs.map(namedBoundaryOf).find((arn) => arn !== undefined);
    this.boundRoles(named ?? this.ciBoundary(admitted).arn);
    const access = new GithubAccess(this, "ci", { ...admitted, createProvider: createsProvider(configs) });
    this.publish({ ci_plan_role_arn: access.plan.arn });
    for (const [environment, { role }] of access.apply) {
      this.publish({ [`ci_apply_${environment.replaceAll("-", "_")}_role_arn`]: role.arn });
    }
  }

  private ciBoundary(access: WorkflowAccess): IamPolicy {
    return new IamPolicy(this, "ci_boundary", {
      name: ciBoundaryName(access.project),
      path: ciPath,
      description: "What a role of CI can be allowed, whatever its policies say",
      policy: ciBoundary(access),
    });
  }
}
