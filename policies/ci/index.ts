import { policyDocument, type Statement } from "../statement";
import { applyIdentities, readIdentities } from "./identity";
import { compute, type NamedResources, observability, storage } from "./named";
import type { CiScope } from "./scope";
import { readStates, type States, writeStates } from "./state-access";
import { applyKeys, applyNetwork, applyTagged, readKeys, readTagged, readUnnamed } from "./tagged";

export type { CiScope, OwnEnvironment } from "./scope";

/** What a role of CI is allowed, in documents by name: one alone would be longer than IAM takes. */
export type CiPolicies = Readonly<Record<string, string>>;

const read = (scope: CiScope, resources: readonly NamedResources[]): Statement[] =>
  resources
    .filter((one) => one.read.length > 0)
    .map(({ word, arns, read: Action }) => ({
      Sid: `Read${word}`,
      Effect: "Allow",
      Action,
      Resource: arns(scope),
    }));

const write = (scope: CiScope, resources: readonly NamedResources[]): Statement[] =>
  resources.map(({ word, arns, read: reading, write: writing }) => ({
    Sid: `Manage${word}`,
    Effect: "Allow",
    Action: [...reading, ...writing],
    Resource: arns(scope),
  }));

/** What a plan needs: reading what a refresh reads, and the states with their locks. No data, no credential. */
export function planPolicies(scope: CiScope, states: States): CiPolicies {
  return {
    state: policyDocument(...readStates(scope[0].place, states)),
    read: policyDocument(readUnnamed, ...readKeys(scope), ...readTagged(scope), readIdentities(scope)),
    read_storage: policyDocument(...read(scope, storage)),
    read_services: policyDocument(...read(scope, [...compute, ...observability])),
  };
}

/**
 * What an apply needs: the service namespaces of what the stacks create, on resources of the environment's own names
 * or, where a name is not in the ARN, with its own tags.
 */
export function applyPolicies(scope: CiScope, states: States, boundaryArn: string | undefined): CiPolicies {
  return {
    state: policyDocument(...writeStates(scope[0].place, states), ...write(scope, storage)),
    keys: policyDocument(readUnnamed, ...readTagged(scope), ...readKeys(scope), ...applyKeys(scope)),
    network: policyDocument(...applyNetwork(scope), ...applyTagged(scope)),
    services: policyDocument(...write(scope, compute)),
    observability: policyDocument(...write(scope, observability)),
    identities: policyDocument(readIdentities(scope), ...applyIdentities(scope, boundaryArn)),
  };
}
