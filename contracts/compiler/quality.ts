import { suggest } from "../../base/closest";
import { type Dimension, SEVERITIES, type Severity } from "../quality";
import { type CompiledRule, RULE_KINDS, type RuleKind } from "./compiled";
import { customProperties, failureThreshold } from "./custom-properties";
import { secondsOf } from "./duration";
import type { Place } from "./place";
import type { StandardColumn, StandardQuality } from "./standard";

/** What an entry under `quality` says about a rule of a column. */
export interface RuleSettings {
  readonly place: Place;
  readonly kind: RuleKind;
  /** Undefined when the entry only sets a rule that the column has already. */
  readonly params: CompiledRule["params"] | undefined;
  readonly severity: Severity;
  readonly dimension: Dimension | undefined;
  readonly threshold: number | undefined;
}

/** The engine whose custom rules are the platform's own. */
const ENGINE = "platform";

/** The standard's metrics, and the rules they are about. */
const metrics: Readonly<Record<string, RuleKind>> = {
  invalidValues: "allowed",
  nullValues: "required",
  missingValues: "required",
  duplicateValues: "unique",
};

/** The rules under `quality` of a column. Entries that cannot be compiled are noted and left out. */
export function declaredRules(column: Place, type: string): RuleSettings[] {
  const { name } = column.value as StandardColumn;
  return column
    .at("quality")
    .items()
    .flatMap((place) => {
      const kind = kindOf(place);
      if (kind === undefined) return [];
      const own = place.at("name");
      if (own.value !== undefined && own.value !== `${name}.${kind}`)
        own.refuse("is not the name of this rule", `use ${name}.${kind}, its reason code`);
      const { dimension } = place.value as { dimension?: Dimension };
      const params = declaredParams(place, kind, type);
      return [{ place, kind, params, severity: severityOf(place), dimension, threshold: thresholdOf(place) }];
    });
}

/** The severity of a rule, `error` unless it says otherwise. */
export function severityOf(quality: Place): Severity {
  const place = quality.at("severity");
  const found = SEVERITIES.find((severity) => severity === (place.value ?? "error"));
  if (found === undefined) place.refuse("is not a severity", `use ${SEVERITIES.join(" or ")}`);
  return found ?? "error";
}

function kindOf(place: Place): RuleKind | undefined {
  const { type = "library", metric = "", engine, implementation } = place.value as StandardQuality;
  if (type === "library") {
    const kind = metrics[metric];
    if (kind === undefined)
      place
        .at("metric")
        .refuse("is not a metric of a column here", `use one of ${Object.keys(metrics).join(", ")}`);
    return kind;
  }
  if (type !== "custom" || engine !== ENGINE) {
    place.refuse(
      "is not a rule the platform runs",
      `use a metric of the standard, or type custom with engine ${ENGINE}`,
    );
    return undefined;
  }
  const rule = (implementation as { rule?: unknown } | undefined)?.rule;
  const kind = RULE_KINDS.find((candidate) => candidate === rule);
  if (kind === undefined)
    place
      .at("implementation", "rule")
      .refuse("is not a rule of the platform", suggest(String(rule), RULE_KINDS));
  return kind;
}

function declaredParams(place: Place, kind: RuleKind, type: string): CompiledRule["params"] | undefined {
  if (kind === "future") {
    if (type !== "date" && type !== "timestamp")
      place.refuse(`cannot be in the future: the column is ${type}`, "remove it");
    return {};
  }
  if (kind === "late") {
    if (type !== "timestamp")
      place.refuse(`cannot be late: the column is ${type}`, "move the rule to a timestamp column");
    return { seconds: secondsOf(place.at("implementation")) };
  }
  return kind === "allowed" ? { values: allowedValues(place, type) } : undefined;
}

function allowedValues(place: Place, type: string): string[] {
  const values = place.at("arguments", "validValues");
  if (type !== "string") place.refuse(`lists texts, but the column is ${type}`, "use bounds instead");
  const texts = values.items().filter((item) => typeof item.value === "string" && item.value !== "");
  const names = texts.map((item) => String(item.value));
  if (names.length === 0 || names.length !== values.items().length)
    values.refuse(
      "is not a list of texts",
      "name the values that are allowed; quote what YAML reads as something else",
    );
  if (new Set(names).size !== names.length) values.refuse("names a value twice", "keep one");
  return names;
}

/** The share of rows that may fail: `mustBeLessOrEqualTo` in percent, `mustBe: 0`, or the custom property. */
function thresholdOf(place: Place): number | undefined {
  const own = failureThreshold(customProperties(place, ["failureThreshold"]).get("failureThreshold"));
  const entry = Object.entries(place.value as object).find(([key]) => key.startsWith("must"));
  if (entry === undefined) return own;
  const [operator, value] = entry;
  if (operator === "mustBe" && value === 0) return 0;
  const { unit } = place.value as StandardQuality;
  if (operator === "mustBeLessOrEqualTo" && unit === "percent" && value >= 0 && value <= 100)
    return percent(value);
  place
    .at(operator)
    .refuse(
      "is not a share of rows",
      "use mustBeLessOrEqualTo from 0 to 100 with unit percent, or mustBe: 0",
    );
  return own;
}

/** 0.7 % is 0.007, not 0.006999999999999999. */
function percent(value: number): number {
  return Number((value / 100).toPrecision(12));
}
