import type { Dimension } from "../quality";
import { lengthParams, patternParams, rangeParams } from "./bounds";
import { type CompiledRule, RULE_KINDS, type RuleKind } from "./compiled";
import type { Place } from "./place";
import { declaredRules, type RuleSettings } from "./quality";
import type { StandardColumn } from "./standard";

/** The dimension of a rule that the contract does not file elsewhere. */
const dimensions: Readonly<Record<RuleKind, Dimension>> = {
  type: "conformity",
  required: "completeness",
  range: "accuracy",
  length: "conformity",
  pattern: "conformity",
  allowed: "conformity",
  future: "timeliness",
  late: "timeliness",
  unique: "uniqueness",
  encoding: "conformity",
  reference: "consistency",
};

/** What the rules of a column depend on beside the column itself. */
export interface RuleContext {
  /** The column's Spark type. */
  readonly type: string;
  /** Whether the rule `unique` of the dataset's key is this column's. */
  readonly leadsKey: boolean;
  /** The share of rows that may fail a rule that does not say otherwise. */
  readonly threshold: number;
}

/** All rules of a column, in the order of RULE_KINDS. */
export function columnRules(column: Place, context: RuleContext): CompiledRule[] {
  const { name } = column.value as StandardColumn;
  const { threshold } = context;
  const params = impliedParams(column, context);
  const settings = new Map<RuleKind, RuleSettings>();
  for (const rule of declaredRules(column, context.type)) {
    if (settings.has(rule.kind))
      rule.place.refuse(`is a second rule ${name}.${rule.kind}`, "keep one of each kind for a column");
    else if (rule.params === undefined && !params.has(rule.kind))
      rule.place.refuse(
        `sets the rule ${name}.${rule.kind}, which the column does not have`,
        needs(rule.kind),
      );
    if (rule.params !== undefined) params.set(rule.kind, rule.params);
    settings.set(rule.kind, rule);
  }
  // What is on a list, or has a pattern, has no such bytes.
  if (context.type === "string" && !["allowed", "pattern"].some((kind) => params.has(kind as RuleKind)))
    params.set("encoding", {});
  return RULE_KINDS.flatMap((kind) => {
    const found = params.get(kind);
    if (found === undefined) return [];
    const {
      severity = "error",
      dimension = dimensions[kind],
      threshold: own = threshold,
    } = settings.get(kind) ?? {};
    return { id: `${name}.${kind}`, kind, params: found, severity, dimension, threshold: own };
  });
}

/** The rules that follow from the column's own description, with their params. */
function impliedParams(
  column: Place,
  { type, leadsKey }: RuleContext,
): Map<RuleKind, CompiledRule["params"]> {
  const { required = false } = column.value as StandardColumn;
  const options = column.at("logicalTypeOptions");
  const isText = type === "string";
  const params: readonly (readonly [RuleKind, CompiledRule["params"] | undefined])[] = [
    ["type", isText ? undefined : {}],
    ["required", required ? {} : undefined],
    ["range", isText || type === "boolean" ? undefined : rangeParams(options, type)],
    ["length", isText ? lengthParams(options) : undefined],
    ["pattern", isText ? patternParams(options) : undefined],
    ["unique", leadsKey ? {} : undefined],
    ["reference", referenceParams(column)],
  ];
  return new Map(params.flatMap(([kind, found]) => (found === undefined ? [] : [[kind, found]])));
}

/** Where the column refers to; that the target exists is judged when all contracts are read. */
function referenceParams(column: Place): CompiledRule["params"] | undefined {
  const [first, ...rest] = column.at("relationships").items();
  for (const other of rest) other.refuse("is a second relationship of the column", "keep one");
  if (first === undefined) return undefined;
  const to = first.at("to");
  const [dataset = "", target = ""] = String(to.value).split(".");
  if (typeof to.value === "string" && !to.value.includes("/")) return { dataset, column: target };
  to.refuse("names its target in a way that is not read", "write it as <dataset>.<column>");
  return undefined;
}

function needs(kind: RuleKind): string {
  if (kind === "required") return "set required: true on the column, or remove the rule";
  if (kind === "unique") return "only the first column of the primary key has it";
  return "describe the column so that it has the rule, or remove this";
}
