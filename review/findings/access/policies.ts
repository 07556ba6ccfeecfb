import type { Block, Blocks } from "../../blocks";
import type { Finding, Json } from "../../change";
import { isList, isObject, type JsonObject, opened, textsOf } from "../../json";
import { type Uncovered, uncovered } from "../../policy/compare";
import { isPolicy, parsePolicy, type Statement } from "../../policy/document";
import { sayGained, sayLost } from "../../policy/sentence";
import { goesWithOwner, type Judge, relief, risk } from "../../subject";

/** What one policy of a resource says. */
interface Spoken {
  /**
   * What the policy belongs to, by each way to tell: policies of one scope add up, as those within one role do wherever
   * they are written; and a policy of another address about the same bucket is the same policy.
   */
  readonly scopes: readonly string[];
  readonly statements: readonly Statement[];
}

/** Compares what the policies of the resource say with what the same scope said before, and the other way round. */
export const judgePolicies: Judge = (subject) => {
  const { before, after, base, head, change } = subject;
  if (goesWithOwner(subject)) return [];
  const was = spokenBy(change.type, change.address, before);
  const is = spokenBy(change.type, change.address, after);
  const gained = is.flatMap(({ scopes, statements }) =>
    uncovered(statements, [...statementsIn(base, scopes), ...takenForGranted(change.type, head)]),
  );
  const lost = was
    .flatMap(({ scopes, statements }) => uncovered(statements, statementsIn(head, scopes)))
    .filter((one) => !gained.some((other) => isOtherSide(one, other)));
  return [
    ...gained.map((one) => judged(one.statement.effect === "Allow", sayGained(one))),
    ...lost.map((one) => judged(one.statement.effect === "Deny", sayLost(one))),
  ];
};

/** A condition that takes other values is gained and lost in one: it is said once. */
function isOtherSide(lost: Uncovered, gained: Uncovered): boolean {
  const both = [lost, gained].every(({ conditions }) => conditions.length > 0);
  return both && lost.statement.effect === "Allow" && lost.statement.sid === gained.statement.sid;
}

function judged(isRisk: boolean, sentence: string): Finding {
  return isRisk ? risk("access", sentence) : relief("access", sentence);
}

const known = new WeakMap<Blocks, ReadonlyMap<string, Statement[]>>();

/** Everything that a stack says in any of some scopes. */
function statementsIn(blocks: Blocks, scopes: readonly string[]): Statement[] {
  const all = known.get(blocks) ?? byScope(blocks);
  known.set(blocks, all);
  return scopes.flatMap((scope) => all.get(scope) ?? []);
}

function byScope(blocks: Blocks): ReadonlyMap<string, Statement[]> {
  const all = new Map<string, Statement[]>();
  for (const { type, address, body } of [...blocks.values()].filter(isResource)) {
    for (const { scopes, statements } of spokenBy(type, address, body)) {
      for (const scope of scopes) all.set(scope, [...(all.get(scope) ?? []), ...statements]);
    }
  }
  return all;
}

function isResource({ kind }: Block): boolean {
  return kind === "resource";
}

function spokenBy(type: string, address: string, body: JsonObject | undefined): Spoken[] {
  if (body === undefined) return [];
  const written = Object.entries(body).flatMap(([attribute, value]) =>
    policiesIn(value).map((policy) => ({
      scopes: scopesOf(type, address, body, attribute),
      statements: parsePolicy(policy) ?? [],
    })),
  );
  const isOpen = type === "aws_vpc_endpoint" && body.policy === undefined;
  return isOpen ? [{ scopes: scopesOf(type, address, body, "policy"), statements: everything }] : written;
}

/** The policies that an attribute is, or holds in its blocks, such as `inline_policy`. */
function policiesIn(value: Json): Json[] {
  if (typeof value === "string") return isPolicy(opened(value)) ? [value] : [];
  if (isList(value)) return value.flatMap(policiesIn);
  return isObject(value) ? Object.values(value).flatMap(policiesIn) : [];
}

/** Attributes that say what a policy is about, whatever the address it is written at. */
const subjects = ["bucket", "queue_url", "arn", "secret_id", "service_name", "name"];

function scopesOf(type: string, address: string, body: JsonObject, attribute: string): string[] {
  if (type === "aws_iam_role_policy") return [`role ${body.role}`];
  if (type === "aws_iam_role" && attribute === "inline_policy")
    return [`role ${body.name}`, ...["id", "name"].map((one) => `role \${${address}.${one}}`)];
  const subject = subjects.find((one) => typeof body[one] === "string");
  const about = subject === undefined ? [] : [`${type} ${subject} ${body[subject]} ${attribute}`];
  return [`${address} ${attribute}`, ...about];
}

const anything: Omit<Statement, "sid"> = {
  effect: "Allow",
  actions: { only: ["*"], except: undefined },
  resources: { only: ["*"], except: undefined },
  principals: { only: ["*"], except: undefined },
  conditions: [],
};

/** An endpoint without a policy lets everything through. ("Control access to VPC endpoints", AWS PrivateLink Guide) */
const everything: readonly Statement[] = [{ sid: "of AWS's default policy", ...anything }];

/** A key is its account's from the first day. ("Default key policy", AWS KMS Developer Guide) */
function takenForGranted(type: string, head: Blocks): Statement[] {
  const accounts = textsOf(head.get("provider.aws")?.body.allowed_account_ids);
  if (type !== "aws_kms_key") return [];
  const principals = accounts.map((account) => `AWS:arn:*:iam::${account}:root`);
  return [{ ...anything, sid: undefined, principals: { only: principals, except: undefined } }];
}
