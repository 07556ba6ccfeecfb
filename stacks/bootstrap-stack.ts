import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../config";
import { Bucket } from "../modules/bucket";
import { stateBucketOf } from "./names";
import { PlatformStack } from "./platform-stack";

/** Days an overwritten state is kept: the way back from a state gone wrong. */
const stateVersionsKept = 365;

/**
 * What exists once per account: the bucket of Terraform's states, its own included. It starts on local state and moves
 * into its bucket; destroying an environment leaves it alone. Encrypted by S3 itself, so that no key's loss takes the
 * states along.
 */
export class BootstrapStack extends PlatformStack {
  /** @param config any environment of the account; they agree on project and state region */
  constructor(scope: Construct, config: EnvironmentConfig) {
    const bucket = stateBucketOf(config);
    super(scope, `bootstrap-${config.account_id}`, {
      state: { bucket, key: `${config.project}/account/bootstrap.tfstate`, region: config.state.region },
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
    this.publish({ state_bucket: state.bucket.id });
  }
}
