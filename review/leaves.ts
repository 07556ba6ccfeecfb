import type { Json } from "./change";
import { isList, isObject, opened } from "./json";

/** A value that has no parts. */
export type Leaf = null | boolean | number | string;

/**
 * The values inside a body that have no parts, by path. Lists of one are stepped into without an index, since that is
 * how Terraform writes a block that occurs once; JSON inside texts is opened.
 */
export function leavesOf(value: Json, path = ""): Map<string, Leaf> {
  const here = opened(value) ?? null;
  if (isList(here)) {
    const inside = here.flatMap((item, index) => [
      ...leavesOf(item, here.length === 1 ? path : `${path}[${labelOf(item) ?? index}]`),
    ]);
    return new Map(inside);
  }
  if (!isObject(here)) return new Map([[path, here]]);
  const inside = Object.entries(here).flatMap(([key, item]) => [
    ...leavesOf(item, path === "" ? key : `${path}.${key}`),
  ]);
  return new Map(inside);
}

/** A leaf that differs; undefined on the side where it is not. */
export interface ChangedLeaf {
  readonly path: string;
  readonly was: Leaf | undefined;
  readonly is: Leaf | undefined;
}

/** The leaves that differ between two bodies; `"true"` is `true` to Terraform. */
export function changedLeaves(before: Json, after: Json): ChangedLeaf[] {
  const [olds, news] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...olds.keys(), ...news.keys()])]
    .map((path) => ({ path, was: olds.get(path), is: news.get(path) }))
    .filter(({ was, is }) => String(was) !== String(is));
}

/** What an item of a list calls itself, so that its path stays when others come and go. */
function labelOf(item: Json): string | undefined {
  if (!isObject(item)) return undefined;
  return [item.id, item.name, item.key].find((label): label is string => typeof label === "string");
}
