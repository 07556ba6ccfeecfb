import type { Finding } from "../../change";
import type { Block, Blocks } from "../../compare/blocks";
import { type JsonObject, opened } from "../../json";
import { type Uncovered, uncovered } from "../../policy/compare";
import { isPolicy, parsePolicy, type Statement } from "../../policy/document";
import { sayGained, sayLost } from "../../policy/sentence";
import { goesWithOwner, type Judge, relief, risk } from "../subject";

/** The policies of one resource that speak of the same thing. */
interface Spoken {
  /** Policies of the same scope add up: those within one role do, wherever they are written. */
  readonly scope: string;
  readonly statements: readonly Statement[];
}

/** Compares what the policies of the resource say with what the same scope said before, and the other way round. */
export const judgePolicies: Judge = (subject) => {
  const { before, after, base, head, change } = subject;
  if (goesWithOwner(subject)) return [];
  const was = spokenBy(change.type, change.address, before);
  const is = spokenBy(change.type, change.address, after);
  const gained = is.flatMap(({ scope, statements }) => uncovered(statements, statementsIn(base, scope)));
  const lost = was
    .flatMap(({ scope, statements }) => uncovered(statements, statementsIn(head, scope)))
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

const spoken = new WeakMap<Blocks, ReadonlyMap<string, Statement[]>>();

/** Everything that a stack says in a scope. */
function statementsIn(blocks: Blocks, scope: string): Statement[] {
  const known = spoken.get(blocks) ?? byScope(blocks);
  spoken.set(blocks, known);
  return known.get(scope) ?? [];
}

function byScope(blocks: Blocks): ReadonlyMap<string, Statement[]> {
  const scopes = new Map<string, Statement[]>();
  for (const { type, address, body } of [...blocks.values()].filter(isResource)) {
    for (const { scope, statements } of spokenBy(type, address, body)) {
      scopes.set(scope, [...(scopes.get(scope) ?? []), ...statements]);
    }
  }
  return scopes;
}

function isResource({ kind }: Block): boolean {
  return kind === "resource";
}

function spokenBy(type: string, address: string, body: JsonObject | undefined): Spoken[] {
  if (body === undefined) return [];
  const written = Object.entries(body)
    .filter(([, value]) => isPolicy(opened(value)))
    .map(([attribute, value]) => ({
      scope: type === "aws_iam_role_policy" ? `role ${body.role}` : `${address} ${attribute}`,
      statements: parsePolicy(value) ?? [],
    }));
  const isOpen = type === "aws_vpc_endpoint" && body.policy === undefined;
  return isOpen ? [{ scope: `${address} policy`, statements: everything }] : written;
}

/** An endpoint without a policy lets everything through. ("Control access to VPC endpoints", AWS PrivateLink Guide) */
const everything: readonly Statement[] = [
  {
    sid: "of AWS's default policy",
    effect: "Allow",
    actions: { only: ["*"], except: undefined },
    resources: { only: ["*"], except: undefined },
    principals: { only: ["*"], except: undefined },
    conditions: [],
  },
];
