import type { Review, StackReview } from "../change";
import { compareText } from "../json";
import { placeOf, type SynthesizedStack } from "../read";
import { blocksOf, forgottenIn, movesOf, renamed } from "./blocks";
import { changesOf } from "./changes";

/** Two revisions to compare, and how the user called them. */
export interface Revision {
  readonly name: string;
  readonly stacks: readonly SynthesizedStack[];
}

/** Compares two syntheses: every stack of either, sorted by environment and stack. */
export function compareRevisions(base: Revision, head: Revision): Review {
  const [olds, news] = [byPlace(base.stacks), byPlace(head.stacks)];
  const places = [...new Set([...olds.keys(), ...news.keys()])].sort(compareText);
  const stacks = places.map((place) => compareStack(olds.get(place), news.get(place)));
  return { version: 1, base: base.name, head: head.name, source: "json", stacks };
}

function byPlace(stacks: readonly SynthesizedStack[]): Map<string, SynthesizedStack> {
  return new Map(stacks.map((stack) => [placeOf(stack), stack]));
}

/** Compares one stack; one side of it may be missing. */
export function compareStack(
  before: SynthesizedStack | undefined,
  after: SynthesizedStack | undefined,
): StackReview {
  const { environment, stack } = after ?? before ?? { environment: "", stack: "" };
  const moves = after === undefined ? new Map<string, string>() : movesOf(after.json);
  const [olds, head] = [blocksOf(before?.json ?? {}), blocksOf(after?.json ?? {})];
  // A moved block stays in the code for good: only those count that move something here.
  const made = new Map([...moves].filter(([from, to]) => olds.has(from) && !olds.has(to) && head.has(to)));
  const base = renamed(olds, made);
  const movedFrom = new Map([...made].map(([from, to]) => [to, from]));
  const forgotten = after === undefined ? new Set<string>() : forgottenIn(after.json);
  return { environment, stack, changes: changesOf({ environment, stack, base, head, movedFrom, forgotten }) };
}
