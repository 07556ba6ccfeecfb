import type { Counts } from "../summary";

/** `2 added, 1 replaced`; what there is none of is not said. */
export function countWords(counts: Counts): string {
  const said = (["added", "changed", "replaced", "moved", "removed", "forgotten"] as const)
    .filter((key) => counts[key] > 0)
    .map((key) => `${counts[key]} ${key}`);
  return said.join(", ") || "no change";
}
