import { applyPolicies, type CiPolicies, type CiScope, longestPolicy, planPolicies } from ".";
import { applyTrust, planTrust, type Repository } from "./trust";

/** An environment of the account that a workflow may apply. */
export interface DeployedEnvironment {
  readonly own: CiScope[number];
  readonly branch: string;
  /** ARNs of the boundaries, one of which every role made by the workflow has to carry. */
  readonly boundaryArns: readonly string[];
}

/** Who may work on what, in one account. */
export interface WorkflowAccess {
  readonly repository: Repository;
  readonly environments: readonly [DeployedEnvironment, ...DeployedEnvironment[]];
  readonly stateBucket: string;
  /** First part of the roles' names. */
  readonly project: string;
}

/** A role of workflows in IAM's documents. */
export interface WorkflowRole {
  readonly name: string;
  readonly trust: string;
  readonly policies: CiPolicies;
}

/** The role that plans every environment of the account. */
export function planRole({ environments, repository, stateBucket, project }: WorkflowAccess): WorkflowRole {
  const [first, ...others] = environments;
  const own: CiScope = [first.own, ...others.map((deployed) => deployed.own)];
  const branches = [...new Set(environments.map(({ branch }) => branch))];
  return {
    name: `${project}-ci-plan`,
    trust: planTrust(first.own.place, repository, branches),
    policies: planPolicies(own, stateBucket),
  };
}

/** The role that applies one environment. */
export function applyRole(
  { repository, stateBucket, project }: WorkflowAccess,
  { own, branch, boundaryArns }: DeployedEnvironment,
): WorkflowRole {
  const { environment, place } = own;
  return {
    name: `${project}-ci-apply-${environment}`,
    trust: applyTrust(place, { repository, branch, environment }),
    policies: applyPolicies([own], stateBucket, boundaryArns),
  };
}

/** Characters of a role's trust policy, and policies of a role, as long as AWS has not raised them for the account. */
const [longestTrust, mostPolicies] = [2048, 10];

/** What IAM would refuse of the roles of an account, a sentence each. Source: IAM User Guide, "IAM and AWS STS quotas". */
export function beyondQuotas(access: WorkflowAccess): string[] {
  const roles = [planRole(access), ...access.environments.map((deployed) => applyRole(access, deployed))];
  return roles.flatMap(({ name, trust, policies }) => {
    const count = Object.keys(policies).length;
    const longest = Math.max(...Object.values(policies).map(({ length }) => length));
    return [
      ...(trust.length > longestTrust
        ? [`the trust policy of ${name} has ${trust.length} characters, and IAM takes ${longestTrust}`]
        : []),
      ...(longest > longestPolicy
        ? [`a policy of ${name} has ${longest} characters, and IAM takes ${longestPolicy}`]
        : []),
      ...(count > mostPolicies ? [`${name} has ${count} policies, and IAM takes ${mostPolicies}`] : []),
    ];
  });
}
