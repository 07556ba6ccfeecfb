import type { Category, Change, Review } from "./change";
import { countsOf, type Remark } from "./summary";
import { plural } from "./words";

/** What the categories are called above a list. */
export const titles: Readonly<Record<Category, string>> = {
  access: "Access",
  exposure: "Exposure",
  data: "Data",
  cost: "Cost",
  unknown: "Not assessed",
  other: "The rest",
};

/** What becomes of a block. */
export function verbOf({ action, movedFrom, isForgotten, replacement }: Change): string {
  if (action === "add") return "is added";
  if (action === "remove") return isForgotten ? "is let go of, and stays" : "is removed";
  const how = movedFrom === undefined ? "changes" : `moves from ${movedFrom}`;
  const unknown = ", and only a plan tells whether it is destroyed and made again";
  const replaced = { yes: ", destroyed and made again", no: "", unknown }[replacement];
  return `${how}${replaced}`;
}

/** `3 risks: 2 of access, 1 of cost. 1 change is not assessed.` */
export function countRisks(risks: readonly Remark[]): string {
  const counts = new Map<Category, number>();
  for (const { category } of risks) counts.set(category, (counts.get(category) ?? 0) + 1);
  const unknown = counts.get("unknown") ?? 0;
  counts.delete("unknown");
  const parts = [...counts].map(([category, count]) => `${count.toLocaleString("en-US")} of ${category}`);
  const known = risks.length - unknown;
  return [
    ...(known === 0 ? [] : [`${plural(known, "risk")}: ${parts.join(", ")}.`]),
    ...(unknown === 0 ? [] : [`${plural(unknown, "change is", "changes are")} not assessed.`]),
  ].join(" ");
}

/** `5 to add, 2 to change in 3 of 32 stacks`. */
export function countChanges(review: Review): string {
  const all = review.stacks.map(countsOf);
  const sum = (name: keyof ReturnType<typeof countsOf>): number =>
    all.reduce((total, counts) => total + counts[name], 0);
  const words = {
    added: "to add",
    changed: "to change",
    moved: "to move",
    removed: "to remove",
    forgotten: "to let go of",
  } as const;
  const parts = (Object.keys(words) as (keyof typeof words)[]).map((name) => `${sum(name)} ${words[name]}`);
  const replaced = `${sum("replaced")} to destroy and make again`;
  const touched = review.stacks.filter(({ changes }) => changes.length > 0).length;
  const said = [...parts, replaced].filter((part) => !part.startsWith("0 "));
  if (said.length === 0) return `Nothing changes in ${review.stacks.length} stacks`;
  return `${said.join(", ")} in ${touched} of ${review.stacks.length} stacks`;
}
