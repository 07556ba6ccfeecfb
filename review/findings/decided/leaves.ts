import type { AttributeChange, Json } from "../../change";
import { canonical, isList, isObject, opened, same } from "../../json";

/** A value without blocks inside that differs: a text, a number, a switch, or a list of such. */
export interface ChangedValue {
  /** As in the provider's schema: without what tells the items of a list apart. */
  readonly path: string;
  /** As in the review, with what tells them apart. */
  readonly shown: string;
  readonly was: Json | undefined;
  readonly is: Json | undefined;
}

/** The values that differ in the attributes of a change; blocks that come or go are taken apart. */
export function changedValues(attributes: readonly AttributeChange[]): ChangedValue[] {
  return attributes.flatMap(({ path, before, after }) => takeApart(path, before, after));
}

function takeApart(shown: string, before: Json | undefined, after: Json | undefined): ChangedValue[] {
  const [was, is] = [unwrapped(before), unwrapped(after)];
  if (same(was, is)) return [];
  if (isBlocks(was) || isBlocks(is)) {
    const [gone, come] = [without(was, is), without(is, was)];
    return [
      ...gone.flatMap((item, index) => takeApart(`${shown}[${index}]`, item, undefined)),
      ...come.flatMap((item, index) => takeApart(`${shown}[${index}]`, undefined, item)),
    ];
  }
  if (!isObject(was) && !isObject(is)) return [{ path: schemaPath(shown), shown, was, is }];
  const sides = [was, is].map((side) => (isObject(side) ? side : {}));
  const keys = [...new Set(sides.flatMap(Object.keys))];
  const found = keys.flatMap((key) =>
    takeApart(shown === "" ? key : `${shown}.${key}`, sides[0]?.[key], sides[1]?.[key]),
  );
  // With an empty for_each nothing is left.
  return found.length === 0 && shown === "for_each" ? [{ path: shown, shown, was, is }] : found;
}

/** JSON in a text opened, and a list of one block as the block; null is nothing. */
function unwrapped(value: Json | undefined): Json | undefined {
  const open = opened(value) ?? undefined;
  const [first] = isList(open) && open.length === 1 ? open : [];
  return isObject(first) ? first : open;
}

function isBlocks(value: Json | undefined): value is readonly Json[] {
  return isList(value) && value.some((item) => isObject(item) || isList(item));
}

/** The items of one side that the other has not. */
function without(side: Json | undefined, other: Json | undefined): readonly Json[] {
  const items = (value: Json | undefined): readonly Json[] =>
    value === undefined ? [] : isList(value) ? value : [value];
  const known = new Set(items(other).map(canonical));
  return items(side).filter((item) => !known.has(canonical(item)));
}

function schemaPath(shown: string): string {
  return shown.replaceAll(/\[[^\]]*\]/g, "").replace(/ \(order\)$/, "");
}
