import type { Json } from "../../change";
import { at, canonical, isObject, type JsonObject, listOf } from "../../json";
import { goesWithOwner, type Judge, relief, risk } from "../../subject";
import { plural } from "../../words";

/** One way in which a bucket's lifecycle deletes objects. */
interface Expiry {
  /** What it deletes. */
  readonly what: string;
  readonly where: Where;
  readonly days: number;
}

/** The objects that a rule is for. */
interface Where {
  /** As a sentence goes on: ` under raw/`. */
  readonly said: string;
  /** Undefined for a rule that asks for more than a prefix. */
  readonly prefix: string | undefined;
}

/** Objects that a bucket's lifecycle deletes sooner than before, or at all. */
export const judgeLifecycle: Judge = (subject) => {
  const { change, before, after } = subject;
  if (change.type !== "aws_s3_bucket_lifecycle_configuration" || goesWithOwner(subject)) return [];
  const [was, is] = [expiries(before), expiries(after)];
  const places = new Map([...was, ...is].map((expiry) => [`${expiry.what}${expiry.where.said}`, expiry]));
  return [...places].flatMap(([objects, { what, where }]) => {
    const [old, now] = [soonest(was, what, where), soonest(is, what, where)];
    if (old === now || before === undefined) return [];
    const sentence = `${objects} are deleted: ${sayDays(now)} instead of ${sayDays(old)}.`;
    const shorter = (now ?? Number.POSITIVE_INFINITY) < (old ?? Number.POSITIVE_INFINITY);
    return [shorter ? risk("data", sentence) : relief("data", sentence)];
  });
};

function sayDays(days: number | undefined): string {
  return days === undefined ? "never" : `after ${plural(days, "day")}`;
}

/** Days until the first of the rules that apply deletes; rules are known by what they apply to, not by their names. */
function soonest(expiries: readonly Expiry[], what: string, where: Where): number | undefined {
  const applying = expiries.filter((expiry) => expiry.what === what && covers(expiry.where, where));
  return applying.length === 0 ? undefined : Math.min(...applying.map(({ days }) => days));
}

function covers(outer: Where, inner: Where): boolean {
  if (outer.prefix === undefined || inner.prefix === undefined) return outer.said === inner.said;
  return inner.prefix.startsWith(outer.prefix);
}

function expiries(body: JsonObject | undefined): Expiry[] {
  return listOf(body?.rule)
    .filter(isObject)
    .filter(({ status }) => status !== "Disabled")
    .flatMap(expiriesOf);
}

function expiriesOf(rule: JsonObject): Expiry[] {
  const where = whereOf(rule.filter);
  const deletions = [
    { what: "Objects", days: at(rule, "expiration.days") },
    { what: "Old versions", days: at(rule, "noncurrent_version_expiration.noncurrent_days") },
  ];
  return deletions.flatMap(({ what, days }) =>
    typeof days === "number" && days > 0 ? [{ what, where, days }] : [],
  );
}

function whereOf(filter: Json | undefined): Where {
  if (filter === undefined || canonical(filter) === "[{}]") return { said: "", prefix: "" };
  const prefix = at(filter, "prefix");
  if (typeof prefix !== "string") return { said: ` of ${canonical(filter)}`, prefix: undefined };
  return { said: prefix === "" ? "" : ` under ${prefix}`, prefix };
}
