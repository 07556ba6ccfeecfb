import type { Counts } from "../summary";

/** `1 resource`, `2 resources`; the plural is given where it is not the singular and an s. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? singular : many}`;
}

/** `2 added, 1 replaced`; what there is none of is not said. */
export function countWords(counts: Counts): string {
  const said = (["added", "changed", "replaced", "moved", "removed"] as const)
    .filter((key) => counts[key] > 0)
    .map((key) => `${counts[key]} ${key}`);
  return said.join(", ") || "no change";
}
