import type { CompiledRule, RuleKind } from "../compiled";
import type { Place } from "../place";
import { compareBounds } from "./bounds";
import { additive, breaking, type Change, same } from "./change";

/** Rules that follow from what is compared already: the type, and whether a value is required. */
const implied: ReadonlySet<RuleKind> = new Set(["type", "required", "unique"]);

const options: ReadonlySet<RuleKind> = new Set(["range", "length", "pattern"]);

/** How the rules of a column changed: what refuses more rows than before breaks those who deliver them. */
export function compareRules(
  before: readonly CompiledRule[],
  after: readonly CompiledRule[],
  column: Place,
): Change[] {
  const [old, now] = [before, after].map(
    (rules) => new Map(rules.map((rule) => [rule.kind, rule] as const)),
  ) as [Map<RuleKind, CompiledRule>, Map<RuleKind, CompiledRule>];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((kind) => {
    const [was, is] = [old.get(kind), now.get(kind)];
    const place = placeOf(column, kind);
    if (was && is) return compareRule(was, is, place);
    if (implied.has(kind)) return [];
    if (was) return additive(place, `no longer has the rule ${was.id}`, "keep the rule");
    return is ? breaking(place, `has a new rule, ${is.id} ${written(is.params)}`, "leave the rule out") : [];
  });
}

function compareRule(was: CompiledRule, is: CompiledRule, place: Place): Change[] {
  const [from, to] = [written(was.params), written(is.params)];
  const keep = `keep ${from}`;
  const changes: Change[] = [];
  const params = direction(was, is);
  if (params === "tighter") changes.push(breaking(place, `tightens ${is.id} from ${from} to ${to}`, keep));
  if (params === "other") changes.push(breaking(place, `changes ${is.id} from ${from} to ${to}`, keep));
  if (params === "looser") changes.push(additive(place, `loosens ${is.id} from ${from} to ${to}`, keep));
  const shares = `the share of rows that may break ${is.id} from ${was.threshold} to ${is.threshold}`;
  if (is.threshold < was.threshold)
    changes.push(breaking(place, `lowers ${shares}`, `keep ${was.threshold}`));
  if (is.threshold > was.threshold)
    changes.push(additive(place, `raises ${shares}`, `keep ${was.threshold}`));
  if (was.severity !== is.severity) {
    const message = `changes the severity of ${is.id} from ${was.severity} to ${is.severity}`;
    const weigh = is.severity === "error" ? breaking : additive;
    changes.push(weigh(place, message, `keep ${was.severity}`));
  }
  return changes;
}

type Direction = "same" | "tighter" | "looser" | "other";

function direction(was: CompiledRule, is: CompiledRule): Direction {
  if (same(was.params, is.params)) return "same";
  if (is.kind === "allowed") return ofValues(was.params.values as string[], is.params.values as string[]);
  if (is.kind === "late")
    return Number(is.params.seconds) < Number(was.params.seconds) ? "tighter" : "looser";
  if (is.kind !== "range" && is.kind !== "length") return "other";
  const { narrower, wider } = compareBounds(was.params, is.params);
  if (narrower) return "tighter";
  return wider ? "looser" : "same";
}

function ofValues(was: readonly string[], is: readonly string[]): Direction {
  if (was.some((value) => !is.includes(value))) return "tighter";
  return is.length > was.length ? "looser" : "same";
}

function placeOf(column: Place, kind: RuleKind): Place {
  const part = options.has(kind) ? "logicalTypeOptions" : kind === "reference" ? "relationships" : "quality";
  const place = column.at(part);
  return place.value === undefined ? column : place;
}

function written(params: CompiledRule["params"]): string {
  const texts = Object.entries(params).map(([name, value]) => `${name} ${[value].flat().join(", ")}`);
  return texts.length === 0 ? "" : `(${texts.join("; ")})`;
}
