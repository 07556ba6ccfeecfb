import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import { ciPath } from "../../policies/ci/boundary";
import { githubAudience, githubIssuer } from "../../policies/ci/trust";
import { applyRole, planRole, type WorkflowAccess } from "../../policies/ci/workflow-roles";
import { AssumedRole, type AssumedRoleProps } from "./assumed-role";

export interface GithubAccessProps extends WorkflowAccess {
  /** False where the account has GitHub's provider already. */
  readonly createProvider: boolean;
}

/** Hours of an apply: Airflow takes up to 40 minutes, a database 20, each beside its retries. */
const applyHours = 2;

/**
 * Access for workflows of one GitHub repository, without any key: a role that may only plan, one per account, and a
 * role per environment that may apply. IAM knows GitHub's certificates by itself, so no thumbprint is given.
 * Source: AWS IAM User Guide, "Create an OpenID Connect (OIDC) identity provider in IAM".
 */
export class GithubAccess extends Construct {
  /** Absent where the account has it already. */
  readonly provider?: IamOpenidConnectProvider;
  readonly plan: AssumedRole;
  /** By environment. */
  readonly apply: ReadonlyMap<string, AssumedRole>;

  constructor(scope: Construct, id: string, props: GithubAccessProps) {
    super(scope, id);
    if (props.createProvider) {
      this.provider = new IamOpenidConnectProvider(this, "provider", {
        url: `https://${githubIssuer}`,
        clientIdList: [githubAudience],
      });
    }
    const { name: repository } = props.repository;
    this.plan = this.role("plan", {
      ...planRole(props),
      description: `Plans by workflows of ${repository}`,
    });
    this.apply = new Map(
      props.environments.map((deployed) => {
        const { environment } = deployed.own;
        const role = this.role(`apply_${environment.replaceAll("-", "_")}`, {
          ...applyRole(props, deployed),
          description: `Applies of ${environment} by workflows of ${repository}`,
          sessionHours: applyHours,
        });
        return [environment, role];
      }),
    );
  }

  private role(id: string, props: Omit<AssumedRoleProps, "path">): AssumedRole {
    const assumed = new AssumedRole(this, id, { ...props, path: ciPath });
    // The trust names the provider in words; IAM wants it to exist.
    if (this.provider) assumed.role.dependsOn = [dependable(this.provider)];
    return assumed;
  }
}
