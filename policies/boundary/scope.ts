import { iamArnOf, type Place } from "../arn";
import type { Statement } from "../statement";

/** An environment whose roles are bounded. */
export interface BoundedEnvironment {
  readonly project: string;
  readonly environment: string;
  readonly place: Place;
  /** Whether it has a Kafka cluster. @default false */
  readonly hasKafka?: boolean;
}

/** Where the boundaries of environments are: the policies that CI may change have no path. */
export const boundaryPath = "/boundary/";

/** Name of the policy that bounds the roles of an environment, if the configuration names no other. */
export function environmentBoundaryName({ project, environment }: BoundedEnvironment): string {
  return `${project}-${environment}`;
}

/**
 * Name of the policy that bounds its role of auditors, with a dot, which no environment's name has: whatever its path, a
 * policy has a name of its own in the account. Source: IAM API Reference, "CreatePolicy", PolicyName.
 */
export function auditorBoundaryName(own: BoundedEnvironment): string {
  return `${environmentBoundaryName(own)}.auditor`;
}

/** ARN of the policy that bounds the roles of an environment. */
export function environmentBoundaryArn(own: BoundedEnvironment): string {
  return iamArnOf(own.place, `policy${boundaryPath}${environmentBoundaryName(own)}`);
}

/** ARN of the policy that bounds its role of auditors. */
export function auditorBoundaryArn(own: BoundedEnvironment): string {
  return iamArnOf(own.place, `policy${boundaryPath}${auditorBoundaryName(own)}`);
}

/** What a statement is about. */
export type Scope = Pick<Statement, "Resource" | "Condition">;

export const anywhere: Scope = { Resource: "*" };

/** Reads `service:First Second*` as actions of the service. */
export const actions = (words: string): string[] => {
  const [service = "", names = ""] = words.split(":");
  return names.split(" ").map((name) => `${service}:${name}`);
};

/** Allows actions of one service, written `service:First Second*`. */
export const permit = (Sid: string, words: string, scope: Scope): Statement => ({
  Sid,
  Effect: "Allow",
  Action: actions(words),
  ...scope,
});

/** The environment's tags, as a condition names them. */
export const tags = ({ project, environment }: BoundedEnvironment) => ({
  "aws:ResourceTag/project": project,
  "aws:ResourceTag/environment": environment,
});
