import { searchServer } from "../search";
import type { Refusal } from "./refusal";

const server = "servers[search].customProperties";
const columns = "schema[searched].properties";

function refusal(title: string, from: string, to: string, ...problems: string[]): Refusal {
  const at = (problem: string) => `searched.odcs.yaml:${problem}`;
  return { title, contract: "searched", from, to, problems: problems.map(at) };
}

/** Mistakes in how a contract says that its rows are searched. */
export const searchRefusals: readonly Refusal[] = [
  refusal(
    "a second OpenSearch server",
    "schema:\n",
    "  - { server: more, type: custom, customProperties: [{ property: product, value: opensearch }] }\nschema:\n",
    "26  servers[more] | is a second OpenSearch server; keep one",
  ),
  refusal(
    "a server of which nobody knows what it is",
    "      - { property: product, value: opensearch }\n",
    "",
    "20  servers[search] | lacks the custom property product; add it, with the value opensearch",
  ),
  refusal(
    "a server of another product",
    "value: opensearch",
    "value: elasticsearch",
    `23  ${server}[product].value = "elasticsearch" | is not a supported product; use opensearch`,
  ),
  refusal(
    "an alias that cannot begin the name of an index",
    "value: shop-clicks",
    "value: Shop/Clicks",
    `24  ${server}[alias].value = "Shop/Clicks" | is not a name of an alias; use lower-case letters, digits, _ and -, at most 100`,
  ),
  refusal(
    "synonyms that are not by language",
    'value: { fr: ["sofa, canapé"] }',
    'value: ["sofa, canapé"]',
    `25  ${server}[synonyms].value = ["sofa, canapé"] | is not an object; write the lists by language, such as { fr: ["canapé, sofa"] }`,
  ),
  refusal(
    "synonyms of a language that no column has",
    "{ fr: [",
    "{ nl: [",
    `25  ${server}[synonyms].value.nl = ["sofa, canapé"] | are of a language that no column has, or of any; remove them`,
  ),
  refusal(
    "synonyms that are one text",
    '["sofa, canapé"]',
    '"sofa, canapé"',
    `25  ${server}[synonyms].value.fr = "sofa, canapé" | are not a list; use for example ["canapé, sofa"]`,
  ),
  refusal(
    "a synonym of nothing, and one that goes one way",
    '["sofa, canapé"]',
    '["sofa", "couch => sofa"]',
    `25  ${server}[synonyms].value.fr[0] = "sofa" | is not a list of synonyms; write two words or more, separated by commas`,
    `25  ${server}[synonyms].value.fr[1] = "couch => sofa" | is not a list of synonyms; write two words or more, separated by commas`,
  ),
  refusal(
    "categories that are one name",
    "      - { property: alias, value: shop-clicks }",
    "      - { property: categories, value: title }",
    `24  ${server}[categories].value = "title" | is not a list of columns; use some of click_id`,
  ),
  refusal(
    "a category that is a text of a language",
    "      - { property: alias, value: shop-clicks }",
    "      - { property: categories, value: [title] }",
    `24  ${server}[categories].value[0] = "title" | is not a column of texts without language that is indexed; use some of click_id`,
  ),
  refusal(
    "a language without an analyzer",
    "searchLanguage, value: fr",
    "searchLanguage, value: lb",
    `25  ${server}[synonyms].value.fr = ["sofa, canapé"] | are of a language that no column has, or of any; remove them`,
    '41  schema[searched].properties[title].customProperties[searchLanguage].value = "lb" | is not a language with an analyzer; use one of any, de, en, fr, nl',
  ),
  refusal(
    "a language of a number",
    "physicalType: INT }",
    "physicalType: INT, customProperties: [{ property: searchLanguage, value: any }] }",
    `37  ${columns}[pages].customProperties[searchLanguage].value = "any" | is of a column of type int; remove it`,
  ),
  refusal(
    "a language of a personal column",
    "        customProperties: [{ property: searchLanguage, value: fr }]",
    "        tags: [personal-data]\n        customProperties: [{ property: searchLanguage, value: fr }]",
    `25  ${server}[synonyms].value.fr = ["sofa, canapé"] | are of a language that no column has, or of any; remove them`,
    `42  ${columns}[title].customProperties[searchLanguage].value = "fr" | is of a personal column, which is not indexed; remove it`,
  ),
  refusal(
    "a language where nothing is searched",
    searchServer,
    "",
    `35  ${columns}[title].customProperties[searchLanguage].value = "fr" | has no effect without an OpenSearch server; remove it`,
  ),
  refusal(
    "a personal key",
    "primaryKey: true }",
    "primaryKey: true, tags: [personal-data] }",
    `29  ${columns}[click_id] | is personal and part of the key, which identifies documents in OpenSearch; choose another key, or remove the OpenSearch server`,
  ),
  refusal(
    "a key that is a floating-point number",
    "logicalType: string, physicalType: STRING, required: true, primaryKey: true }",
    "logicalType: number, physicalType: DOUBLE, required: true, primaryKey: true }",
    `29  ${columns}[click_id] | is a DOUBLE and part of the key, which OpenSearch keeps as text; choose another key, or remove the OpenSearch server`,
  ),
];
