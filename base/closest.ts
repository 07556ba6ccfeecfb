import { distance } from "fastest-levenshtein";

/**
 * Returns the known word that `word` was most likely meant to be: at most a third of its letters differ, and no other
 * known word is as near.
 */
export function closest(word: string, known: readonly string[]): string | undefined {
  const [best, second] = known
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((one, other) => one.edits - other.edits);
  return best?.edits === second?.edits ? undefined : best?.candidate;
}

/** What to do about a word that is not known: take the one that was meant, or else one of them. */
export function suggest(
  word: string,
  known: readonly string[],
  otherwise = `use one of ${known.join(", ")}`,
): string {
  const near = closest(word, known);
  return near === undefined ? otherwise : `did you mean ${near}?`;
}
