import { policyDocument, type Statement } from "../statement";
import { applyIdentities, readIdentities } from "./identity";
import { applyKafka, readKafka } from "./kafka";
import { applyKeys, readKeys } from "./keys";
import { compute, type NamedResources, observability, storage } from "./named";
import { applyNetwork } from "./network";
import type { CiScope } from "./scope";
import { readStates, writeStates } from "./state-access";
import { applyTagged, readTagged, readUnnamed } from "./tagged";

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
    Sid: `${writing.length > 0 ? "Manage" : "Read"}${word}`,
    Effect: "Allow",
    Action: [...reading, ...writing],
    Resource: arns(scope),
  }));

/** Characters of a managed policy. Source: IAM User Guide, "IAM and AWS STS quotas". */
export const longestPolicy = 6144;

/** The documents under their names. One that would be too long goes on in another: `network`, `network_2`. */
function documents(statements: Readonly<Record<string, readonly Statement[]>>): CiPolicies {
  const named = Object.entries(statements).flatMap(([name, all]) =>
    packed(all).map((part, index) => [index === 0 ? name : `${name}_${index + 1}`, policyDocument(...part)]),
  );
  return Object.fromEntries(named);
}

/** Statements in their order, as many in each part as a document holds. */
function packed(statements: readonly Statement[]): Statement[][] {
  const parts: Statement[][] = [];
  for (const statement of statements) {
    const last = parts.at(-1);
    if (last !== undefined && policyDocument(...last, statement).length <= longestPolicy)
      last.push(statement);
    else parts.push([statement]);
  }
  return parts;
}

/**
 * What a plan needs: reading what a refresh reads, and the states. Nothing is written; no data, no credential is read.
 *
 * @param stateBucket the account's bucket of states
 */
export function planPolicies(scope: CiScope, stateBucket: string): CiPolicies {
  return documents({
    state: readStates(scope, stateBucket),
    read: [readUnnamed, ...readKeys(scope), ...readTagged(scope), readIdentities(scope)],
    read_storage: read(scope, storage),
    read_services: [...read(scope, [...compute, ...observability]), ...readKafka(scope)],
  });
}

/**
 * What an apply needs: the service namespaces of what the stacks create, on resources of the environment's own names
 * or, where a name is not in the ARN, with its own tags.
 *
 * @param stateBucket the account's bucket of states
 */
export function applyPolicies(
  scope: CiScope,
  stateBucket: string,
  boundaryArns: readonly string[],
): CiPolicies {
  return documents({
    state: [...writeStates(scope, stateBucket), ...write(scope, storage)],
    keys: [readUnnamed, ...readTagged(scope), ...readKeys(scope), ...applyKeys(scope)],
    network: [...applyNetwork(scope), ...applyTagged(scope)],
    services: [...write(scope, compute), ...applyKafka(scope)],
    observability: write(scope, observability),
    identities: [readIdentities(scope), ...applyIdentities(scope, boundaryArns)],
  });
}
