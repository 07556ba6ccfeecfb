import type { Json } from "./change";
import { isList, isObject } from "./json";

/** How many of a list a sentence names. */
const NAMED = 4;
/** How long a value may be in a sentence. */
const LONGEST = 160;

/** `1 resource`, `2 resources`; the plural is given where it is not the singular and an s. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? singular : many}`;
}

/** A list as it is said: `a, b and 3 more`. */
export function enumerate(items: readonly string[]): string {
  if (items.length > NAMED + 1) return `${items.slice(0, NAMED).join(", ")} and ${items.length - NAMED} more`;
  if (items.length < 2) return items[0] ?? "nothing";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** A value as it is said in a sentence: Terraform's references without their `${…}`. */
export function say(value: Json | undefined): string {
  if (value === undefined || value === null || value === "") return "nothing";
  if (isList(value)) return value.length === 0 ? "nothing" : enumerate(value.map((item) => say(item)));
  const text = isObject(value) ? JSON.stringify(value) : String(value);
  return shortened(text.replaceAll(/\$\{([^}]*)\}/g, "$1"));
}

/** A value as a diff shows it, on one line. */
export function sayValue(value: Json): string {
  return shortened(JSON.stringify(value));
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
