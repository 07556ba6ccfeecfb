import type { Json } from "../../change";
import { at, canonical, isObject, type JsonObject, listOf } from "../../json";
import { goesWithOwner, type Judge, relief, risk } from "../subject";

/** One way in which a bucket's lifecycle deletes objects. */
interface Expiry {
  /** What it deletes, and where. */
  readonly what: string;
  readonly days: number;
}

/** Objects that a bucket's lifecycle deletes sooner than before, or at all. */
export const judgeLifecycle: Judge = (subject) => {
  const { change, before, after } = subject;
  if (change.type !== "aws_s3_bucket_lifecycle_configuration" || goesWithOwner(subject)) return [];
  const [was, is] = [expiries(before), expiries(after)];
  const places = [...new Set([...was.keys(), ...is.keys()])];
  return places.flatMap((what) => {
    const [old, now] = [was.get(what), is.get(what)];
    if (old === now || before === undefined) return [];
    const sentence = `${what}: ${sayDays(now)} instead of ${sayDays(old)}.`;
    const shorter = (now ?? Number.POSITIVE_INFINITY) < (old ?? Number.POSITIVE_INFINITY);
    return [shorter ? risk("data", sentence) : relief("data", sentence)];
  });
};

function sayDays(days: number | undefined): string {
  return days === undefined ? "never" : `after ${days} days`;
}

/** Rules are known by what they apply to, not by their names; of several the soonest counts. */
function expiries(body: JsonObject | undefined): Map<string, number> {
  const all = listOf(body?.rule)
    .filter(isObject)
    .filter(({ status }) => status !== "Disabled")
    .flatMap(expiriesOf);
  const soonest = new Map<string, number>();
  for (const { what, days } of all) soonest.set(what, Math.min(days, soonest.get(what) ?? days));
  return soonest;
}

function expiriesOf(rule: JsonObject): Expiry[] {
  const where = placeOf(rule.filter);
  const deletions = [
    { what: `Objects${where} are deleted`, days: at(rule, "expiration.days") },
    {
      what: `Old versions${where} are deleted`,
      days: at(rule, "noncurrent_version_expiration.noncurrent_days"),
    },
  ];
  return deletions.flatMap(({ what, days }) =>
    typeof days === "number" && days > 0 ? [{ what, days }] : [],
  );
}

function placeOf(filter: Json | undefined): string {
  const prefix = at(filter, "prefix");
  if (typeof prefix === "string") return prefix === "" ? "" : ` under ${prefix}`;
  return filter === undefined || canonical(filter) === "[{}]" ? "" : ` of ${canonical(filter)}`;
}
