import { blocksOf, forgottenIn, movesOf, renamed } from "../blocks";
import type { StackReview } from "../change";
import type { SynthesizedStack } from "../read";
import { changesOf } from "./changes";

/** Compares one stack as it was synthesized twice; one side of it may be missing. */
export function compareStack(
  before: SynthesizedStack | undefined,
  after: SynthesizedStack | undefined,
): StackReview {
  const { environment, stack } = after ?? before ?? { environment: "", stack: "" };
  const moves = movesOf(after?.json ?? {});
  const [olds, head] = [blocksOf(before?.json ?? {}), blocksOf(after?.json ?? {})];
  // A moved block stays in the code for good: only those count that move something here.
  const made = new Map([...moves].filter(([from, to]) => olds.has(from) && !olds.has(to) && head.has(to)));
  const base = renamed(olds, made);
  const movedFrom = new Map([...made].map(([from, to]) => [to, from]));
  const forgotten = forgottenIn(after?.json ?? {});
  return { environment, stack, changes: changesOf({ environment, stack, base, head, movedFrom, forgotten }) };
}
