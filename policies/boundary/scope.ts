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

/** Where the boundaries of auditors are, apart from an environment whose name ends in the same word. */
export const auditorBoundaryPath = `${boundaryPath}auditor/`;

/** ARN of the policy that bounds the roles of an environment, if the configuration names no other. */
export function environmentBoundaryArn({ project, environment, place }: BoundedEnvironment): string {
  return iamArnOf(place, `policy${boundaryPath}${project}-${environment}`);
}

/** ARN of the policy that bounds its role of auditors. */
export function auditorBoundaryArn({ project, environment, place }: BoundedEnvironment): string {
  return iamArnOf(place, `policy${auditorBoundaryPath}${project}-${environment}`);
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
