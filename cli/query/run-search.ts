import { askExplore, requireExplore } from "./ask-explore";

/** Where words are looked for. */
export interface SearchOptions {
  /** An OpenSearch. */
  readonly url: string;
  /** @default the texts of all languages */
  readonly language?: string;
  /** Products to show at most. */
  readonly size: number;
}

/**
 * Searches the products and prints them.
 *
 * @returns the exit code
 * @throws Failure when nothing is installed
 */
export function runSearch(words: string, { url, language, size }: SearchOptions): Promise<number> {
  requireExplore("OpenSearch is asked by its packages");
  const chosen = language === undefined ? [] : ["--language", language];
  return askExplore("query.search", ["--url", url, "--size", String(size), ...chosen, "--", words]);
}
