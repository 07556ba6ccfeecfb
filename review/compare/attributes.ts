import type { Json } from "../change";
import { compareText, isList, isObject, type JsonObject, opened, same } from "../json";
import { isPolicy, tidyPolicy } from "../policy/document";
import type { Difference } from "./difference";
import { differLists } from "./lists";

/**
 * Where two bodies differ, attribute by attribute, in the order of paths. JSON inside texts is compared as JSON, and
 * policies as what they say: the order of statements, and a text where a list of one could be, make no difference.
 */
export function differences(before: JsonObject, after: JsonObject): Difference[] {
  return differ("", before, after).sort((one, other) => compareText(one.path, other.path));
}

function differ(path: string, before: Json | undefined, after: Json | undefined): Difference[] {
  const [one, other] = [readable(before), readable(after)];
  if (same(one, other)) return [];
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) => differ(path === "" ? key : `${path}.${key}`, one[key], other[key]));
  }
  if (isList(one) && isList(other)) return differLists(path, one, other, differ);
  return [difference(path, one, other)];
}

function readable(value: Json | undefined): Json | undefined {
  const open = value === null ? undefined : opened(value);
  return isPolicy(open) ? tidyPolicy(open) : open;
}

function difference(path: string, before: Json | undefined, after: Json | undefined): Difference {
  return {
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
