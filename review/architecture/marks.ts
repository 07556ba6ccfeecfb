import type { Change } from "../change";
import type { Resource } from "./estate";

/** What a change does to a box. */
export type Mark = "added" | "changed" | "replaced" | "removed";

function markOf({ action, replacement }: Change): Mark {
  if (action === "add") return "added";
  if (action === "remove") return "removed";
  return replacement === "yes" ? "replaced" : "changed";
}

/** The mark of one change, as a word. */
export { markOf as markOfChange };

/**
 * The mark of a box: its first resource's, and "changed" when only what belongs to it changes: a bucket is changed by
 * its policy.
 */
export function markOfAll(resources: readonly Resource[]): Mark | undefined {
  const [first, ...rest] = resources;
  if (first?.change) return markOf(first.change);
  return rest.some(({ change }) => change) ? "changed" : undefined;
}
