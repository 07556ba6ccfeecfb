import type { Blocks } from "../../blocks";
import type { Finding } from "../../change";
import {
  ADDED,
  type Decision,
  decisionsOn,
  decisionsOnOption,
  isDecidedType,
  isKind,
  presenceOf,
  REMOVED,
} from "../../decisions";
import { same } from "../../json";
import { goesWithOwner, type Judge, type Subject } from "../../subject";
import { enumerate } from "../../words";
import { resolved } from "./destinations";
import { type ChangedValue, changedValues } from "./leaves";
import { presenceFinding, unassessed } from "./sentence";
import { judgeValue } from "./value";

/**
 * Judges each value that differs by what the tables decide about its argument. What has no decision is not assessed,
 * and so is every type that no table knows.
 */
export const judgeDecided: Judge = (subject) => {
  const { change } = subject;
  const type = tableOf(subject);
  if (
    change.isForgotten ||
    (change.attributes.length === 0 && change.action === "change") ||
    isRenamed(subject)
  )
    return [];
  if (!isDecidedType(type)) {
    if (change.action === "move" && change.attributes.length === 0) return [];
    return [unassessed(`nothing is decided about the type ${type}`)];
  }
  if (change.action === "remove") return judgePresence(subject, type);
  const values = changedValues(change.attributes).map((value) => withResolved(value, subject));
  const decided = values.map((value) => ({ value, decisions: decisionsOf(subject, type, value) }));
  const missing = decided.filter(({ value, decisions }) => decisions === undefined && isSet(value));
  return [
    ...judgePresence(subject, type),
    ...decided.flatMap(({ value, decisions }) =>
      (decisions ?? []).flatMap((one) => judgeValue(subject, value, one)),
    ),
    ...(missing.length === 0
      ? []
      : [
          unassessed(
            `nothing is decided about ${enumerate([...new Set(missing.map(({ value }) => value.path))])}`,
          ),
        ]),
  ];
};

/** The name of a block's table: its type, `data.<type>`, `provider.<name>`, `terraform.<setting>`, or its section. */
function tableOf({ kind, change }: Subject): string {
  if (kind === "resource") return change.type;
  if (kind === "data") return `data.${change.type}`;
  const [section = "", name = ""] = change.address.split(".");
  return section === "terraform" || section === "provider" ? `${section}.${name}` : section;
}

function decisionsOf(
  { kind, change }: Subject,
  type: string,
  value: ChangedValue,
): readonly Decision[] | undefined {
  const shared =
    kind === "resource" || kind === "data" ? kind : change.type === "provider" ? "provider" : undefined;
  const parameter = /^parameter\[name=([^\]]+)\]/.exec(value.shown)?.[1];
  if (type === "aws_db_parameter_group" && parameter !== undefined && value.path === "parameter.value")
    return decisionsOnOption("postgres", parameter);
  return decisionsOn(type, value.path, shared);
}

/** What a stack has besides its resources comes and goes with the stack. */
function isOfWholeStack({ kind, change, base, head }: Subject): boolean {
  return kind === "setting" && (change.action === "add" ? base : head).size === 0;
}

/** A block that comes or goes; one that reads the same at another address does neither. */
function judgePresence(subject: Subject, type: string): Finding[] {
  const { action } = subject.change;
  if (isOfWholeStack(subject)) return [];
  if (action === "add") return presence(type, ADDED);
  return action === "remove" && !goesWithOwner(subject) ? presence(type, REMOVED) : [];
}

function presence(type: string, which: typeof ADDED | typeof REMOVED): Finding[] {
  const kind = presenceOf(type, which);
  if (kind === undefined)
    return [unassessed(`nothing is decided about ${type} that is ${which.slice(1, -1)}`)];
  return isKind(kind) ? [presenceFinding(kind, type, which === ADDED ? "comes" : "goes")] : [];
}

function isRenamed({ change, before, after, base, head }: Subject): boolean {
  const twin = (blocks: Blocks, body: Subject["before"]): boolean =>
    [...blocks.values()].some((block) => block.type === change.type && same(block.body, body));
  if (change.action === "add") return twin(base, after);
  return change.action === "remove" && twin(head, before);
}

function withResolved(value: ChangedValue, { base, head }: Subject): ChangedValue {
  return { ...value, was: resolved(value.was, base), is: resolved(value.is, head) };
}

/** Values that a plan does not know yet, and the empty ones that it fills in, are not set by anybody. */
function isSet({ was, is }: ChangedValue): boolean {
  const isNothing = [undefined, null, "", false, 0].some((one) => one === is) || same(is, []) || same(is, {});
  return !(was === undefined && isNothing) && is !== "(known after apply)" && !same(was, is);
}
