import type { Json } from "../../change";
import type { Rule } from "../../decisions";
import { canonical, listOf, same } from "../../json";
import { type Home, isOwn } from "./destinations";
import { otherTargets, type Pair } from "./targets";

/** Both sides of a value, and where they are judged. */
export interface Sides extends Pair {
  /** Whether the block is new: what was there before cannot have become worse. */
  readonly isNew: boolean;
  readonly home: Home;
}

/** What a rule makes of a change: a risk, the opposite of one, or neither. */
export type Outcome = "risk" | "relief" | undefined;

/** Applies a rule to a value that differs. */
export function evaluate(rule: Rule, sides: Sides): Outcome {
  if (isEmpty(sides.was) && isEmpty(sides.is)) return undefined;
  if (rule.when === "is" || rule.when === "is not") return listed(rule, sides);
  if (rule.when === "added") return difference(gained(sides).length, lost(sides).length);
  if (rule.when === "foreign") return leadsAway(sides) ? "risk" : undefined;
  if (sides.isNew) return undefined;
  if (rule.when === "more" || rule.when === "less") return shifted(rule, sides);
  if (rule.when === "quieter") return quieter(rule.absent, sides);
  return comparisons[rule.when](sides);
}

/** Rules that compare a value with what it was. */
const comparisons: Readonly<
  Record<"changed" | "replaced" | "moved" | "gone" | "fewer" | "older", (sides: Sides) => Outcome>
> = {
  changed: () => "risk",
  replaced: ({ was }) => (isEmpty(was) ? undefined : "risk"),
  moved: (sides) => (leavesTarget(sides) ? "risk" : undefined),
  gone: ({ is }) => (isEmpty(is) ? "risk" : undefined),
  fewer: (sides) => difference(lost(sides).length, gained(sides).length),
  older: (sides) => older(sides),
};

/** Items that a list has and had not; of a single value the value. */
export function gained({ was, is }: Sides): readonly Json[] {
  return itemsWithout(is, was);
}

/** Items that a list had and has not. */
export function lost({ was, is }: Sides): readonly Json[] {
  return itemsWithout(was, is);
}

/** Whether an attachment leads to another resource than before, or to none. */
function leavesTarget(sides: Sides): boolean {
  return !isEmpty(sides.was) && (isEmpty(sides.is) || otherTargets(sides).length > 0);
}

/** Whether a new value is not recognizably the platform's own. */
export function leadsAway(sides: Sides): boolean {
  return gained(sides).some((item) => typeof item !== "string" || !isOwn(item, sides.home));
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "" || same(value, []) || same(value, {});
}

function itemsWithout(side: Json | undefined, other: Json | undefined): readonly Json[] {
  const known = new Set(listOf(other).map(canonical));
  return (isEmpty(side) ? [] : listOf(side)).filter((item) => !known.has(canonical(item)));
}

function difference(worse: number, better: number): Outcome {
  if (worse > 0) return "risk";
  return better > 0 ? "relief" : undefined;
}

/** Levels from what sees most to what sees least. */
const levels = [
  ["debug", "info", "warning", "error", "critical"],
  [
    "debug5",
    "debug4",
    "debug3",
    "debug2",
    "debug1",
    "info",
    "notice",
    "warning",
    "error",
    "log",
    "fatal",
    "panic",
  ],
  ["all", "mod", "ddl", "none"],
];

/** How quiet a level is; a level that nobody knows is quieter than all, and an absent one is too. */
function loudness(value: Json | undefined): number {
  const ranks = levels.map((scale) => scale.indexOf(String(value).toLowerCase())).filter((rank) => rank >= 0);
  return ranks[0] ?? Number.POSITIVE_INFINITY;
}

/** A version, or the lowest one that a constraint allows. ("Version Constraints", Terraform language) */
function versionOf(value: Json | undefined): {
  readonly operator: string;
  readonly parts: readonly number[];
} {
  const [, operator = "", version = ""] =
    /^\s*(=|>=|>|~>)?\s*(?:emr-|v)?(\d+(?:\.\d+)*)\s*$/.exec(String(value ?? "")) ?? [];
  const parts = version === "" ? [] : version.split(".").map(Number);
  return { operator: operator === "=" ? "" : operator, parts };
}

/** A version that falls, is not set any more, or that a constraint leaves open. */
function older({ was, is }: Sides): Outcome {
  const [before, now] = [versionOf(was), versionOf(is)];
  if (now.parts.length === 0) return "risk";
  if (now.operator !== "" && now.operator !== before.operator) return "risk";
  if (before.parts.length === 0) return "risk";
  for (const [index, part] of now.parts.entries()) {
    const old = before.parts[index];
    if (old === undefined || part > old) return undefined;
    if (part < old) return "risk";
  }
  return undefined;
}

function quieter(absent: string | undefined, { was, is }: Sides): Outcome {
  const [before, now] = [was, is].map((level) => loudness(isEmpty(level) ? absent : level));
  if (before === undefined || now === undefined) return "risk";
  if (before === now && Number.isFinite(now)) return undefined;
  return now < before ? "relief" : "risk";
}

/** A number that rises or falls; below 0 PostgreSQL switches off what it would limit. ("log_min_duration_statement") */
function shifted(
  { when: direction, absent, isZeroOff }: Extract<Rule, { when: "more" | "less" }>,
  { was, is }: Sides,
): Outcome {
  const number = (value: Json | undefined): number => {
    const read = isEmpty(value) ? absent : Number.parseFloat(String(value));
    const isOff = absent === Number.POSITIVE_INFINITY && (read < 0 || (isZeroOff && read === 0));
    return isOff ? absent : read;
  };
  const [before, now] = [number(was), number(is)];
  if (Number.isNaN(before) || Number.isNaN(now)) return "risk";
  if (before === now) return undefined;
  return now > before === (direction === "more") ? "risk" : "relief";
}

function listed(rule: Extract<Rule, { when: "is" | "is not" }>, { was, is, isNew }: Sides): Outcome {
  const isRisky = (value: Json | undefined): boolean => {
    if (typeof value === "string" && value.includes("${")) return true;
    const isListed = isEmpty(value)
      ? rule.isAbsentListed
      : rule.values.some((one) => one.toLowerCase() === String(value).toLowerCase());
    return isListed === (rule.when === "is");
  };
  if (isRisky(is)) return "risk";
  return !isNew && isRisky(was) ? "relief" : undefined;
}
