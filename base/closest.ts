import { distance } from "fastest-levenshtein";

/** The known word that `word` was most likely meant to be: at most a third of its letters differ. */
function closest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
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
