import { suggest } from "../../base/closest";
import { type CompiledColumn, type CompiledSearch, SEARCH_LANGUAGES } from "./compiled";
import { customProperties } from "./custom-properties";
import type { Place } from "./place";
import type { CustomProperty } from "./standard";

/** Custom property of a column: the language of its texts, which are searched by their words then. */
export const SEARCH_LANGUAGE = "searchLanguage";

/** Custom properties that an OpenSearch server may have: what the standard has no field for. */
const properties = ["product", "alias", "synonyms", "categories"] as const;

/** The product of a server of type `custom`. */
const PRODUCT = "opensearch";

/** Room is left for what follows in the name of an index. Source: OpenSearch 2.19, "Create index", index naming restrictions. */
const ALIAS = /^[a-z][a-z0-9_-]{0,99}$/;

/** A list of words that mean the same: two or more, separated by commas. The arrow of one-way rules is not supported. */
const SYNONYMS = /^[^,=>\\#]+(,[^,=>\\#]+)+$/;

type Language = (typeof SEARCH_LANGUAGES)[number];

/** What a search has to agree with. */
export interface SearchContext {
  readonly name: string;
  /** The place of the contract's dataset. */
  readonly dataset: Place;
  readonly columns: readonly CompiledColumn[];
  readonly key: readonly string[];
}

/** Compiles how rows are searched; null when they are not. What cannot work is noted in the file. */
export function compileSearch(server: Place | undefined, context: SearchContext): CompiledSearch | null {
  const texts = searchedTexts(server, context);
  if (server === undefined) return null;
  const custom = customProperties(server, properties);
  const languages = new Set(Object.values(texts).filter((code) => code !== "any"));
  checkProduct(server, custom.get("product"));
  checkKey(context);
  return {
    alias: aliasOf(custom.get("alias"), context.name),
    texts,
    synonyms: synonymsOf(custom.get("synonyms"), languages),
    categories: categoriesOf(custom.get("categories"), context, texts),
  };
}

function checkProduct(server: Place, place: Place | undefined): void {
  if (place === undefined)
    server.refuse("lacks the custom property product", `add it, with the value ${PRODUCT}`);
  else if (place.value !== PRODUCT)
    place.refuse("is not a supported product", suggest(String(place.value), [PRODUCT], `use ${PRODUCT}`));
}

/** The key becomes the identifier of a document, which everybody who searches can read. */
function checkKey({ dataset, columns, key }: SearchContext): void {
  columns.forEach(({ name, personal, type }, index) => {
    if (!key.includes(name)) return;
    const place = dataset.at("properties", index);
    if (personal)
      place.refuse(
        "is personal and part of the key, which identifies documents in OpenSearch",
        "choose another key, or remove the OpenSearch server",
      );
    if (type === "double")
      place.refuse(
        "is a DOUBLE and part of the key, which OpenSearch keeps as text",
        "choose another key, or remove the OpenSearch server",
      );
  });
}

function aliasOf(place: Place | undefined, name: string): string {
  const alias = String(place?.value ?? name);
  if (!ALIAS.test(alias))
    place?.refuse("is not a name of an alias", "use lower-case letters, digits, _ and -, at most 100");
  return alias;
}

/** Returns the language of each column that has one. */
function searchedTexts(
  server: Place | undefined,
  { dataset, columns }: SearchContext,
): Record<string, Language> {
  const found: Record<string, Language> = {};
  columns.forEach(({ name, type, personal }, index) => {
    const place = languageOf(dataset.at("properties", index));
    if (place === undefined) return;
    const language = SEARCH_LANGUAGES.find((candidate) => candidate === place.value);
    if (server === undefined) place.refuse("has no effect without an OpenSearch server", "remove it");
    else if (personal) place.refuse("is of a personal column, which is not indexed", "remove it");
    else if (type !== "string") place.refuse(`is of a column of type ${type}`, "remove it");
    else if (language === undefined)
      place.refuse("is not a language with an analyzer", `use one of ${SEARCH_LANGUAGES.join(", ")}`);
    else found[name] = language;
  });
  return found;
}

function languageOf(column: Place): Place | undefined {
  return column
    .at("customProperties")
    .items()
    .find(({ value }) => (value as CustomProperty).property === SEARCH_LANGUAGE)
    ?.at("value");
}

function synonymsOf(place: Place | undefined, used: ReadonlySet<string>): Record<string, string[]> {
  if (place === undefined) return {};
  if (typeof place.value !== "object" || place.value === null || Array.isArray(place.value)) {
    place.refuse("is not an object", 'write the lists by language, such as { fr: ["canapé, sofa"] }');
    return {};
  }
  return Object.fromEntries(
    Object.keys(place.value).map((language) => {
      const lists = place.at(language);
      if (!used.has(language)) lists.refuse("are of a language that no column has, or of any", "remove them");
      if (!Array.isArray(lists.value)) lists.refuse("are not a list", 'use for example ["canapé, sofa"]');
      for (const list of lists.items())
        if (typeof list.value !== "string" || !SYNONYMS.test(list.value))
          list.refuse("is not a list of synonyms", "write two words or more, separated by commas");
      return [language, lists.items().map(({ value }) => String(value))];
    }),
  );
}

/** Returns the columns whose values are found by their words, although they are counted as a whole. */
function categoriesOf(
  place: Place | undefined,
  { columns }: SearchContext,
  texts: Readonly<Record<string, Language>>,
): string[] {
  if (place === undefined) return [];
  const candidates = columns
    .filter(({ name, type, personal }) => type === "string" && !personal && texts[name] === undefined)
    .map(({ name }) => name);
  const remedy = candidates.length === 0 ? "remove it" : `use some of ${candidates.join(", ")}`;
  if (!Object.values(texts).some((code) => code !== "any"))
    place.refuse("have no effect without a text that has a language", "remove them");
  else if (!Array.isArray(place.value)) place.refuse("is not a list of columns", remedy);
  for (const item of place.items())
    if (!candidates.includes(String(item.value)))
      item.refuse(
        "is not a column of texts without language that is indexed",
        suggest(String(item.value), candidates, remedy),
      );
  return place.items().map(({ value }) => String(value));
}
