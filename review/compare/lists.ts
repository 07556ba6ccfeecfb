import type { Json } from "../change";
import { canonical, isObject, same } from "../json";
import type { Differ, Difference } from "./difference";

/** What tells the items of a list apart, where every item has it: the first that does is taken. */
const KEYS = ["id", "rule_no", "Sid", "name", "key", "target_id", "notification_type"] as const;

/**
 * Lists whose order means something: columns of a table are read by position, name servers are asked in turn, and what
 * a stack publishes is read by others. Every other list of the provider's is a set, or as good as one.
 */
const ORDERED = /(^|\.)(columns|partition_keys|dns_servers|value|secret_string)(\.|\[|$)/;

/** Where two lists differ: by the items' keys, else by their content; never by an index that shifted. */
export function differLists(
  path: string,
  before: readonly Json[],
  after: readonly Json[],
  differ: Differ,
): Difference[] {
  if (!before.every(isObject) || !after.every(isObject)) return differScalars(path, before, after);
  if (before.length === 1 && after.length === 1 && keyOf(before, after) === undefined) {
    return differ(path, before[0], after[0]);
  }
  const key = keyOf(before, after);
  if (key === undefined) return differByContent(path, before, after, differ);
  return differByKey({ path, key }, before, after, differ);
}

function differScalars(path: string, before: readonly Json[], after: readonly Json[]): Difference[] {
  const [one, other] = [before, after].map((list) => canonical(list.map(canonical).sort()));
  if (one === other && !ORDERED.test(path)) return [];
  return [{ path, before, after }];
}

/** The first key that every item of both lists has, and no two items of one list share. */
function keyOf(before: readonly Json[], after: readonly Json[]): string | undefined {
  return KEYS.find((key) =>
    [before, after].every((list) => {
      const values = list.map((item) => (isObject(item) ? item[key] : undefined));
      const told = values.every((value) => typeof value === "string" || typeof value === "number");
      return told && new Set(values).size === values.length;
    }),
  );
}

interface Keyed {
  readonly path: string;
  readonly key: string;
}

function differByKey(
  { path, key }: Keyed,
  before: readonly Json[],
  after: readonly Json[],
  differ: Differ,
): Difference[] {
  const byKey = (list: readonly Json[]): Map<Json | undefined, Json> =>
    new Map(list.map((item) => [isObject(item) ? item[key] : undefined, item]));
  const news = byKey(after);
  const olds = key === "id" ? withNewIds(byKey(before), news) : byKey(before);
  const values = [...new Set([...olds.keys(), ...news.keys()])];
  const found = values.flatMap((value) =>
    differ(`${path}[${key}=${value}]`, olds.get(value), news.get(value)),
  );
  const [was, is] = [
    [...olds.keys()].filter((value) => news.has(value)),
    [...news.keys()].filter((value) => olds.has(value)),
  ].map((list) => list.map((value) => value ?? null));
  const moved = ORDERED.test(path) && !same(was, is);
  return moved ? [...found, { path: `${path} (order)`, before: was ?? [], after: is ?? [] }] : found;
}

/** Items of a list by the ids they have now: one that differs in nothing but its id is the same item. */
function withNewIds(olds: ReadonlyMap<Json | undefined, Json>, news: ReadonlyMap<Json | undefined, Json>) {
  const come = [...news].filter(([id]) => !olds.has(id));
  return new Map(
    [...olds].map(([id, item]) => {
      if (news.has(id)) return [id, item] as const;
      const index = come.findIndex(([, other]) => same(withoutId(other), withoutId(item)));
      const [now] = index < 0 ? [] : come.splice(index, 1);
      return [now === undefined ? id : now[0], item] as const;
    }),
  );
}

function withoutId(item: Json): Json {
  return isObject(item) ? { ...item, id: null } : item;
}

/** Items that are in both lists are left out, wherever they are; the rest are paired as they come. */
function differByContent(
  path: string,
  before: readonly Json[],
  after: readonly Json[],
  differ: Differ,
): Difference[] {
  const [gone, come] = [without(before, after), without(after, before)];
  return Array.from({ length: Math.max(gone.length, come.length) }).flatMap((_, turn) => {
    const [old, now] = [gone[turn], come[turn]];
    const index = old?.index ?? now?.index ?? 0;
    return differ(`${path}[${index}]`, old?.item, now?.item);
  });
}

/** The items of a list that another has not, each as often as it has too few. */
function without(list: readonly Json[], other: readonly Json[]): { item: Json; index: number }[] {
  const left = other.map(canonical);
  return list.flatMap((item, index) => {
    const place = left.indexOf(canonical(item));
    if (place < 0) return [{ item, index }];
    left.splice(place, 1);
    return [];
  });
}
