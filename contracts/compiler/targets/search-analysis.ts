import type { CompiledSearch } from "../compiled";

type Settings = Readonly<Record<string, unknown>>;

/** What an index knows about words: filters and the analyzers made of them. */
export interface Analysis {
  readonly filter: Readonly<Record<string, Settings>>;
  readonly analyzer: Readonly<Record<string, Settings>>;
}

/** Longest beginning of a word that is found while somebody types; longer ones are found as a whole. */
const LONGEST_PREFIX = 15;

/** Shortest word that is found at the end of another one: `jas` in `regenjas`. */
const SHORTEST_ENDING = 3;

/** Shortest end of a word that was typed which other words may share: `spiel` of `Gesellschaftsspiel`. */
const SHORTEST_SHARED_ENDING = 4;

/** French articles and the like that lose their vowel: `l'eau`. Source: Lucene, `FrenchAnalyzer.DEFAULT_ARTICLES`. */
const FRENCH_ELISIONS = ["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"];

/** The parts of a language's analyzer. Filters run in the order of `filters`, after lower case. */
interface Language {
  readonly compounds: boolean;
  readonly before: readonly string[];
  readonly filters: readonly string[];
  readonly definitions: Readonly<Record<string, Settings>>;
}

/**
 * Stop words go first, as they have accents. Accents go before the stemmer, so that a word has the same stem with and
 * without them. German writes ä as ae where there is no key for it, which `german_normalization` knows.
 * Only filters of OpenSearch's own, which the managed service of AWS has as well.
 */
const LANGUAGES: Readonly<Record<string, Language>> = {
  de: language("de", {
    stopwords: "german",
    folding: "german_normalization",
    stemmer: "light_german",
    compounds: true,
  }),
  en: language("en", {
    stopwords: "english",
    stemmer: "english",
    before: { en_possessive: { type: "stemmer", language: "possessive_english" } },
    exceptions: ["children => child", "feet => foot", "knives => knife", "men => man", "women => woman"],
  }),
  fr: language("fr", {
    stopwords: "french",
    stemmer: "light_french",
    before: { fr_elision: { type: "elision", articles: FRENCH_ELISIONS, articles_case: true } },
  }),
  nl: language("nl", {
    stopwords: "dutch",
    stemmer: "dutch",
    compounds: true,
    // Source: Lucene, `DutchAnalyzer`, its default stems.
    exceptions: ["fiets => fiets", "bromfiets => bromfiets", "ei => eier", "kind => kinder"],
    // The stemmer makes jass of jassen and jas of jas. The better one, dutch_kp, is not in OpenSearch 3.
    after: { nl_single: { type: "pattern_replace", pattern: "([bfglmnprs])\\1$", replacement: "$1" } },
  }),
};

/** What is particular to a language. */
interface Particulars {
  /** OpenSearch's list of stop words. */
  readonly stopwords: string;
  readonly stemmer: string;
  /** Whether the language writes compounds as one word, and what they are last. @default false */
  readonly compounds?: boolean;
  /** Filter that writes words without accents. @default asciifolding */
  readonly folding?: string;
  /** Filters before lower case. @default none */
  readonly before?: Language["definitions"];
  /** Words that the stemmer gets wrong, with their stems. @default none */
  readonly exceptions?: readonly string[];
  /** Filters of stems. @default none */
  readonly after?: Language["definitions"];
}

function language(code: string, particulars: Particulars): Language {
  const {
    stopwords,
    stemmer,
    compounds = false,
    folding = "asciifolding",
    before = {},
    exceptions = [],
    after = {},
  } = particulars;
  const hasExceptions = exceptions.length > 0;
  return {
    compounds,
    before: Object.keys(before),
    filters: [
      `${code}_stop`,
      folding,
      ...(hasExceptions ? [`${code}_exceptions`] : []),
      `${code}_stemmer`,
      ...Object.keys(after),
    ],
    definitions: {
      ...before,
      [`${code}_stop`]: { type: "stop", stopwords: `_${stopwords}_` },
      ...(hasExceptions ? { [`${code}_exceptions`]: { type: "stemmer_override", rules: exceptions } } : {}),
      [`${code}_stemmer`]: { type: "stemmer", language: stemmer },
      ...after,
    },
  };
}

/** Analyzer of texts as they are written, in lower case: suggestions show such words. */
export const WORDS = "words";
/** Analyzer of texts without accents, in any language. */
export const FOLDED = "folded";
/** Analyzer of the beginnings of words, for typing ahead. */
export const PREFIX = "prefix";
/** Field of words that are joined with the next one. */
const JOINED = "joined";
/** Field of the ends of words. */
const ENDING = "ending";

/** Returns the analyzers of a column in a language: that of stored texts and, where synonyms are known, that of queries. */
export function analyzersOf(code: string, { synonyms }: CompiledSearch): Settings {
  if (code === "any") return { analyzer: FOLDED };
  return (synonyms[code] ?? []).length > 0
    ? { analyzer: code, search_analyzer: `${code}_query` }
    : { analyzer: code };
}

/**
 * Returns the fields beside that of the stems. `joined`: two words that follow each other are one, too, so that `hairdryer` finds
 * `hair dryer`, and the other way round. `ending`: the ends of words, by which `Pfanne` finds `Bratpfanne`.
 */
export function partsOf(code: string): Readonly<Record<string, Settings>> {
  const { compounds = false } = LANGUAGES[code] ?? {};
  const parts = code === "any" ? [] : compounds ? [JOINED, ENDING] : [JOINED];
  return Object.fromEntries(
    parts.map((part) => [
      part,
      { type: "text", analyzer: `${code}_${part}`, search_analyzer: `${code}_${part}_query` },
    ]),
  );
}

/** Returns the languages of the texts, sorted; texts of any language have none. */
export function languagesOf({ texts }: CompiledSearch): string[] {
  return [...new Set(Object.values(texts))].filter((code) => code !== "any").sort();
}

/** Returns the filters and analyzers that the texts of a search need; undefined when there are no texts. */
export function analysisOf(search: CompiledSearch): Analysis | undefined {
  if (Object.keys(search.texts).length === 0) return undefined;
  const codes = languagesOf(search);
  const parts = codes.map((code) => analysisOfLanguage(code, search));
  return {
    filter: Object.assign(
      { beginnings: edges(2, LONGEST_PREFIX) },
      codes.length === 0 ? {} : { pairs: pairs(true), pairs_only: pairs(false) },
      codes.some((code) => LANGUAGES[code]?.compounds)
        ? {
            ends: edges(SHORTEST_ENDING, LONGEST_PREFIX),
            shared_ends: edges(SHORTEST_SHARED_ENDING, LONGEST_PREFIX),
          }
        : {},
      ...parts.map(({ filter }) => filter),
    ),
    analyzer: Object.assign(
      {
        [WORDS]: analyzer("lowercase"),
        [FOLDED]: analyzer("lowercase", "asciifolding"),
        [PREFIX]: analyzer("lowercase", "asciifolding", "beginnings"),
      },
      ...parts.map((part) => part.analyzer),
    ),
  };
}

function analysisOfLanguage(code: string, { synonyms }: CompiledSearch): Analysis {
  const { compounds, before, filters, definitions } = LANGUAGES[code] as Language;
  const words = synonyms[code] ?? [];
  const query = [...before, "lowercase", `${code}_synonyms`, ...filters];
  // Words are joined before stop words go, which a compound has inside, and stemmed as one.
  const joined = (pairs: string) => analyzer(...before, "lowercase", pairs, ...filters);
  const ending = (ends: string) => analyzer(...before, "lowercase", ...filters, "reverse", ends, "reverse");
  return {
    filter: {
      ...definitions,
      ...(words.length > 0 ? { [`${code}_synonyms`]: { type: "synonym_graph", synonyms: words } } : {}),
    },
    analyzer: {
      [code]: analyzer(...before, "lowercase", ...filters),
      ...(words.length > 0 ? { [`${code}_query`]: analyzer(...query) } : {}),
      [`${code}_joined`]: joined("pairs"),
      [`${code}_joined_query`]: joined("pairs_only"),
      ...(compounds
        ? { [`${code}_ending`]: ending("ends"), [`${code}_ending_query`]: ending("shared_ends") }
        : {}),
    },
  };
}

function analyzer(...filters: readonly string[]): Settings {
  return { type: "custom", tokenizer: "standard", filter: filters };
}

/** Parts of words from one edge, and the words themselves. */
function edges(shortest: number, longest: number): Settings {
  return { type: "edge_ngram", min_gram: shortest, max_gram: longest, preserve_original: true };
}

/** Two words as one. Texts are found by single words as well; somebody who types one word alone means that word. */
function pairs(withWords: boolean): Settings {
  const two = { min_shingle_size: 2, max_shingle_size: 2, token_separator: "" };
  return { type: "shingle", ...two, output_unigrams: withWords, output_unigrams_if_no_shingles: true };
}
