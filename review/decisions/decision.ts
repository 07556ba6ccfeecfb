import type { Category } from "../change";

/** What a change of an argument can do, and the category it is reviewed in. */
export const kinds = {
  grants: "access",
  exposes: "exposure",
  sends: "exposure",
  observes: "exposure",
  keeps: "data",
  deletes: "data",
  costs: "cost",
} as const satisfies Readonly<Record<string, Category>>;
export type Kind = keyof typeof kinds;

/** Judges with rules of their own, which a decision can leave an argument to. */
export const judgeNames = [
  "alarms",
  "classes",
  "count",
  "counts",
  "destruction",
  "guards",
  "identities",
  "keys",
  "lifecycle",
  "numbers",
  "parameters",
  "place",
  "policies",
  "replacement",
  "retention",
  "rules",
  "settings",
  "switches",
  "world",
] as const;

/** Tables that a text of options is decided by, option by option. */
export const textNames = ["airflow", "facts", "postgres", "spark"] as const;
export type TextName = (typeof textNames)[number];

/** When a change of a value is a risk. */
export type Rule =
  | { readonly when: "changed" | "replaced" | "moved" | "added" | "fewer" | "gone" | "foreign" | "older" }
  | { readonly when: "more" | "less"; readonly absent: number; readonly isZeroOff: boolean }
  | { readonly when: "quieter"; readonly absent: string | undefined }
  | { readonly when: "is" | "is not"; readonly values: readonly string[]; readonly isAbsentListed: boolean };

/** What was decided about an argument. */
export type Decision =
  | { readonly of: "harmless" }
  | { readonly of: "judge"; readonly judge: string }
  | { readonly of: "text"; readonly table: TextName }
  | { readonly of: "rule"; readonly kind: Kind; readonly rule: Rule };

/** What stands in a table for an argument that nobody has decided about. */
export const UNDECIDED = "undecided";

const plainRules = ["changed", "replaced", "moved", "added", "fewer", "gone", "foreign", "older"] as const;

/**
 * Reads a decision such as `harmless`, `by policies`, `see spark`, `exposes when true`, `keeps unless Enabled|absent`,
 * `keeps when less (30)` or `observes when quieter (info)`, where 30 and `info` are what an absent value stands for, or
 * `observes when more (off at 0)`, where 0 and an absent value are no limit.
 *
 * @throws Error when it is none
 */
export function parseDecision(text: string): Decision {
  if (text === "harmless") return { of: "harmless" };
  const [first = "", second = "", ...rest] = text.split(" ");
  if (first === "by" && rest.length === 0 && isOneOf(judgeNames, second))
    return { of: "judge", judge: second };
  if (first === "see" && rest.length === 0 && isOneOf(textNames, second))
    return { of: "text", table: second };
  const rule = ruleOf(second, rest.join(" "));
  if (!isKind(first) || rule === undefined) throw new Error(`"${text}" is not a decision`);
  return { of: "rule", kind: first, rule };
}

/** Whether a text names a kind. */
export function isKind(text: string): text is Kind {
  return text in kinds;
}

function ruleOf(word: string, rest: string): Rule | undefined {
  if (rest === "") return undefined;
  if (word === "unless") return { when: "is not", ...valuesOf(rest) };
  if (word !== "when") return undefined;
  if (isOneOf(plainRules, rest)) return { when: rest };
  return directionOf(rest) ?? quieterOf(rest) ?? { when: "is", ...valuesOf(rest) };
}

function directionOf(text: string): Rule | undefined {
  const [, direction, absent = "0"] = /^(more|less)(?: \((\d+|unlimited|off at 0)\))?$/.exec(text) ?? [];
  if (direction !== "more" && direction !== "less") return undefined;
  const isZeroOff = absent === "off at 0";
  const isUnlimited = isZeroOff || absent === "unlimited";
  return { when: direction, absent: isUnlimited ? Number.POSITIVE_INFINITY : Number(absent), isZeroOff };
}

function quieterOf(text: string): Rule | undefined {
  const found = /^quieter(?: \((\w+)\))?$/.exec(text);
  return found === null ? undefined : { when: "quieter", absent: found[1] };
}

function valuesOf(text: string): { readonly values: readonly string[]; readonly isAbsentListed: boolean } {
  const all = text.split("|");
  const values = all.filter((value) => value !== "absent");
  return { values, isAbsentListed: values.length < all.length };
}

function isOneOf<Name extends string>(names: readonly Name[], text: string): text is Name {
  return (names as readonly string[]).includes(text);
}
