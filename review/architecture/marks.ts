import type { Change } from "../change";
import type { Resource } from "./estate";

/** What a change does to a box. */
export type Mark = "added" | "changed" | "replaced" | "removed";

/** A mark by a sign and a word, for those to whom colours say nothing. */
export const signs: Readonly<Record<Mark, string>> = {
  added: "+ added",
  changed: "~ changed",
  replaced: "± replaced",
  removed: "− removed",
};

/** The mark of one change. */
export function markOfChange({ action, replacement }: Change): Mark {
  if (action === "add") return "added";
  if (action === "remove") return "removed";
  return replacement === "yes" ? "replaced" : "changed";
}

/**
 * The mark of a box: its first resource's, and "changed" when only what belongs to it changes: a bucket is changed by
 * its policy.
 */
export function markOfAll(resources: readonly Resource[]): Mark | undefined {
  const [first, ...rest] = resources;
  if (first?.change) return markOfChange(first.change);
  return rest.some(({ change }) => change) ? "changed" : undefined;
}
