import { compileContracts } from "../../../contracts/compiler";
import { checkContracts } from "../../../contracts/compiler/compare";
import type { CompiledContract } from "../../../contracts/compiler/compiled";
import { ContractError } from "../../../contracts/compiler/problem";
import { searchDocument } from "../../../contracts/compiler/targets/search";
import { shelvesContract } from "../../release/support/contracts";
import { makeDirectory, writeFiles } from "../../release/support/repository";
import { searchedContract, searchServer, titleColumn } from "./search";

function folder(...texts: string[]) {
  const directory = makeDirectory();
  writeFiles(
    directory,
    Object.fromEntries(texts.map((text) => [`${/^name: (.*)$/m.exec(text)?.[1]}.odcs.yaml`, text])),
  );
  return { directory, root: directory };
}

function compiled(text: string): CompiledContract {
  const { directory } = folder(text);
  const [contract] = compileContracts(directory, directory).datasets;
  return contract as CompiledContract;
}

/** The problems of contracts, each on one line; none when there are none. */
function problemsOf(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.problems.map(({ line, path, message, remedy }) => `${line} ${path} | ${message}; ${remedy}`);
  }
}

test("a contract without an OpenSearch server is not searched", () => {
  const contract = compiled(shelvesContract);
  expect(contract.search).toBeNull();
  expect(searchDocument(contract)).toBeUndefined();
});

test("an OpenSearch server changes nothing in how data arrives", () => {
  const { search, stream, has_files } = compiled(searchedContract);
  expect(search).toEqual({
    alias: "shop-clicks",
    texts: { title: "fr" },
    synonyms: { fr: ["sofa, canapé"] },
    categories: [],
  });
  expect(stream?.topic).toBe("shop.searched");
  expect(has_files).toBe(false);
  const files = compiled(
    searchedContract.replace(/ {2}- server: events\n(?: {4}.*\n)*/, "").replace(/ {8}quality:\n.*\n/, ""),
  );
  expect(files).toMatchObject({ stream: null, has_files: true, search: { alias: "shop-clicks" } });
});

test("values of a category are found in the languages of the texts", () => {
  const text = searchedContract.replace(
    "shop-clicks }",
    "shop-clicks }\n      - { property: categories, value: [click_id] }",
  );
  const document = searchDocument(compiled(text));
  expect(document?.fields.filter(({ value_languages }) => value_languages.length > 0)).toEqual([
    { name: "click_id", type: "string", language: null, value_languages: ["fr"] },
  ]);
  expect(document?.template.template).toMatchObject({
    mappings: {
      properties: {
        click_id: {
          type: "keyword",
          fields: { fr: { type: "text", analyzer: "fr", search_analyzer: "fr_query" } },
        },
      },
    },
  });
  const anyLanguage = text.replace(/ {6}- { property: synonyms.*\n/, "").replace("value: fr", "value: any");
  expect(problemsOf(() => compiled(anyLanguage))).toEqual([
    "25 servers[search].customProperties[categories].value | have no effect without a text that has a language; remove them",
  ]);
});

test("an alias is called like its dataset unless the contract says otherwise", () => {
  const text = searchedContract.replace("      - { property: alias, value: shop-clicks }\n", "");
  expect(compiled(text).search?.alias).toBe("searched");
});

test("events have an index for each day, and rows with versions have one", () => {
  const events = searchDocument(compiled(searchedContract));
  expect(events).toMatchObject({
    kind: "events",
    version: null,
    day: "clicked_at",
    prefix: "shop-clicks_v1",
  });
  const versioned = searchedContract.replace(
    "  - name: searched\n",
    "  - name: searched\n    customProperties: [{ property: versionColumn, value: sent_at }]\n",
  );
  expect(searchDocument(compiled(versioned))).toMatchObject({
    kind: "entities",
    version: "sent_at",
    day: null,
  });
});

test("what is personal is in no document", () => {
  const text = searchedContract.replace("name: pages,", "name: pages, tags: [personal-data],");
  const document = searchDocument(compiled(text));
  expect(document?.fields.map(({ name }) => name)).toEqual(["click_id", "clicked_at", "sent_at", "title"]);
  expect(JSON.stringify(document)).not.toContain("pages");
});

test("the digest is of settings and mappings, so that a description needs no other index", () => {
  const hash = (text: string) => searchDocument(compiled(text))?.hash;
  const first = hash(searchedContract);
  expect(hash(searchedContract.replace("version: 1.0.0", "version: 1.0.1"))).toBe(first);
  expect(hash(searchedContract.replace("What visitors", "All that visitors"))).toBe(first);
  expect(hash(searchedContract.replace("sofa, canapé", "sofa, canapé, divan"))).not.toBe(first);
});

test("more fields than OpenSearch allows by itself raise its limit", () => {
  const columns = Array.from({ length: 260 }, (_, number) => titleColumn.replace("title", `title_${number}`));
  const document = searchDocument(compiled(`${searchedContract}${columns.join("")}`));
  // 261 texts with four sub-fields each, 4 other columns, the digest.
  expect(document?.template.template).toMatchObject({
    settings: { index: { mapping: { total_fields: { limit: 261 * 5 + 5 } } } },
  });
});

test("two datasets cannot share an alias", () => {
  const other = searchedContract.replaceAll("searched", "others");
  const { directory, root } = folder(searchedContract, other);
  expect(problemsOf(() => compileContracts(directory, root))).toEqual([
    "10 servers | name the alias shop-clicks, which belongs to others; use another alias",
  ]);
});

describe("compared with the version before", () => {
  const compare = (before: string, now: string) =>
    problemsOf(() => checkContracts(folder(now), folder(before)));

  test("another alias needs a major version", () => {
    expect(compare(searchedContract, searchedContract.replace("shop-clicks", "clicks"))).toEqual([
      "10 servers | change the alias, which applications search by, from shop-clicks to clicks; that is breaking; make the version 2.0.0 (it was 1.0.0 and is 1.0.0), or keep shop-clicks",
    ]);
  });

  test("data that is no longer searched needs a major version", () => {
    const without = searchedContract.replace(searchServer, "").replace(/ {8}customProperties: .*\n$/, "");
    expect(compare(searchedContract, without)).toEqual([
      "10 servers | no longer name the alias shop-clicks, and applications search by it; that is breaking; make the version 2.0.0 (it was 1.0.0 and is 1.0.0), or keep the OpenSearch server",
    ]);
    expect(compare(without, searchedContract)).toEqual([]);
  });

  test("other synonyms need nothing", () => {
    expect(compare(searchedContract, searchedContract.replace("sofa, canapé", "sofa, divan"))).toEqual([]);
  });
});
