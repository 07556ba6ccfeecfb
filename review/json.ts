import type { Json } from "./change";

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether a value is an object: no list, no null, no text. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The values of a list; a single value is a list of one, nothing is an empty one. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

/** The texts of a list, or the one text. */
export function textsOf(value: Json | undefined): string[] {
  return listOf(value).map((item) => (typeof item === "string" ? item : JSON.stringify(item)));
}

/** JSON inside a text, opened up; any other value as it is. Terraform's `${…}` inside it stays text. */
export function opened(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/**
 * What is at a place inside a value, such as `rule.expiration.days`; undefined where there is no such place. Lists of
 * one are stepped into, since Terraform has a block that occurs once as either, and JSON inside texts is opened.
 */
export function at(value: Json | undefined, path: string): Json | undefined {
  return path.split(".").reduce<Json | undefined>((found, key) => {
    const here = opened(found);
    const object = isList(here) && here.length === 1 ? opened(here[0]) : here;
    return isObject(object) ? object[key] : undefined;
  }, value);
}

/** Whether two values are the same, whatever the order of their keys. */
export function same(one: Json | undefined, other: Json | undefined): boolean {
  return canonical(one) === canonical(other);
}

/** A text that is equal for equal values. */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return "";
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => compareText(one, other));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}

/** Every text inside a value replaced by what `change` makes of it; keys stay. */
export function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === "string") return change(value);
  if (isList(value)) return value.map((item) => mapTexts(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

/** The order of characters, the same in every locale. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
