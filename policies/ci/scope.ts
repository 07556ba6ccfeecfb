import { arnOf, type Place } from "../arn";
import type { Statement } from "../statement";

/** A VPC that somebody else owns, as the environment uses it. */
export interface ExistingNetwork {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** One environment as its resources' names, tags and ARNs tell it. */
export interface OwnEnvironment {
  readonly project: string;
  readonly environment: string;
  readonly place: Place;
  /** @default the environment creates its VPC, which has its tags */
  readonly existing?: ExistingNetwork;
  /** @default the environment has no Kafka cluster */
  readonly hasKafka?: boolean;
}

/** The environments, all of one account, that a role of CI works on. */
export type CiScope = readonly [OwnEnvironment, ...OwnEnvironment[]];

/** `big-data-dev`: what the names of an environment's resources begin with. */
export function prefixOf({ project, environment }: OwnEnvironment): string {
  return `${project}-${environment}`;
}

/** `big-data/dev`: what the keys of an environment's states begin with. */
export function stateFolder({ project, environment }: OwnEnvironment): string {
  return `${project}/${environment}`;
}

/** One ARN for each region of the environments. */
export function everywhere(scope: CiScope, service: string, resource: string): string[] {
  return [...new Set(scope.map(({ place }) => arnOf(place, service, resource)))];
}

/**
 * Only what carries the tags of these environments: for resources whose ARN says nothing of whose they are.
 * Source: IAM User Guide, "AWS global condition context keys", aws:ResourceTag.
 */
export function taggedAsOwn(scope: CiScope): NonNullable<Statement["Condition"]> {
  return {
    StringEquals: {
      "aws:ResourceTag/project": [...new Set(scope.map(({ project }) => project))],
      "aws:ResourceTag/environment": scope.map(({ environment }) => environment),
    },
  };
}

/** Only requests that tag what they make as these environments'. */
export function taggingAsOwn(scope: CiScope): NonNullable<Statement["Condition"]>[string] {
  return {
    "aws:RequestTag/project": [...new Set(scope.map(({ project }) => project))],
    "aws:RequestTag/environment": scope.map(({ environment }) => environment),
  };
}
