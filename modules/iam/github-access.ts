import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import { applyPolicies, type CiScope, planPolicies } from "../../policies/ci";
import {
  applyTrust,
  githubAudience,
  githubIssuer,
  planTrust,
  type Repository,
} from "../../policies/ci/trust";
import { AssumedRole, type AssumedRoleProps } from "./assumed-role";

/** An environment of the account that a workflow may apply. */
export interface DeployedEnvironment {
  readonly own: CiScope[number];
  readonly branch: string;
  /** ARN of the boundary that every role made by the workflow has to carry. @default none is demanded */
  readonly boundaryArn?: string;
}

export interface GithubAccessProps {
  readonly repository: Repository;
  readonly environments: readonly [DeployedEnvironment, ...DeployedEnvironment[]];
  readonly stateBucket: string;
  /** First part of the roles' names. */
  readonly project: string;
  /** False where the account has GitHub's provider already. */
  readonly createProvider: boolean;
}

/** Keeps the roles of CI out of reach of the names that they may change. */
const path = "/ci/";

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
    this.plan = this.planRole(props);
    this.apply = new Map(
      props.environments.map((deployed) => [deployed.own.environment, this.applyRole(props, deployed)]),
    );
  }

  private planRole({ environments, repository, stateBucket, project }: GithubAccessProps): AssumedRole {
    const [first, ...others] = environments;
    const own: CiScope = [first.own, ...others.map((deployed) => deployed.own)];
    const branches = [...new Set(environments.map(({ branch }) => branch))];
    return this.role("plan", {
      name: `${project}-ci-plan`,
      description: `Plans by workflows of ${repository.name}`,
      trust: planTrust(first.own.place, repository, branches),
      policies: planPolicies(own, stateBucket),
    });
  }

  private applyRole(
    { repository, stateBucket, project }: GithubAccessProps,
    { own, branch, boundaryArn }: DeployedEnvironment,
  ): AssumedRole {
    const { environment, place } = own;
    return this.role(`apply_${environment.replaceAll("-", "_")}`, {
      name: `${project}-ci-apply-${environment}`,
      description: `Applies of ${environment} by workflows of ${repository.name}`,
      trust: applyTrust(place, { repository, branch, environment }),
      policies: applyPolicies([own], stateBucket, boundaryArn),
      sessionHours: applyHours,
    });
  }

  private role(id: string, props: Omit<AssumedRoleProps, "path">): AssumedRole {
    const assumed = new AssumedRole(this, id, { ...props, path });
    // The trust names the provider in words; IAM wants it to exist.
    if (this.provider) assumed.role.dependsOn = [dependable(this.provider)];
    return assumed;
  }
}
