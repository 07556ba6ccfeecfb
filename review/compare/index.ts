import type { Review } from "../change";
import { compareText } from "../json";
import { placeOf, type SynthesizedStack } from "../read";
import { comparePlan, type Plan } from "./plan";
import { compareStack } from "./stacks";

export { type Plan, requirePlan } from "./plan";

/** One side of a review, and how the user called it. */
export interface Revision {
  readonly name: string;
  readonly stacks: readonly SynthesizedStack[];
}

/** Terraform's plan of a stack; undefined when there is none. */
export type PlanOf = (stack: SynthesizedStack) => Plan | undefined;

/**
 * Compares two syntheses: every stack of either, sorted by environment and stack. What Terraform has planned for a
 * stack is said instead of what the two syntheses let expect.
 */
export function compareRevisions(base: Revision, head: Revision, planOf?: PlanOf): Review {
  const [olds, news] = [byPlace(base.stacks), byPlace(head.stacks)];
  const places = [...new Set([...olds.keys(), ...news.keys()])].sort(compareText);
  const stacks = places.map((place) => {
    const [before, after] = [olds.get(place), news.get(place)];
    const plan = after && planOf?.(after);
    return plan ? comparePlan(plan, before, after) : compareStack(before, after);
  });
  const isPlanned = stacks.some(({ source }) => source === "plan");
  return { version: 1, base: base.name, head: head.name, source: isPlanned ? "plan" : "json", stacks };
}

function byPlace(stacks: readonly SynthesizedStack[]): Map<string, SynthesizedStack> {
  return new Map(stacks.map((stack) => [placeOf(stack), stack]));
}
