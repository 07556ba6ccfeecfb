import { compileContracts } from "../../../contracts/compiler";
import { ContractError } from "../../../contracts/compiler/problem";
import { itemsContract, salesMart, shelvesContract } from "../../release/support/contracts";
import { makeDirectory, writeFiles } from "../../release/support/repository";
import { datasetRefusals } from "./refusals/dataset";
import { documentRefusals } from "./refusals/document";
import { keysRefusals } from "./refusals/keys";
import { martsRefusals } from "./refusals/marts";
import { promisesRefusals } from "./refusals/promises";
import { qualityRefusals } from "./refusals/quality";
import { rawFileRefusals } from "./refusals/raw-files";
import { referencesRefusals } from "./refusals/references";
import type { Refusal } from "./refusals/refusal";
import { searchRefusals } from "./refusals/search";
import { streamRefusals } from "./refusals/streams";
import { typesRefusals } from "./refusals/types";
import { searchedContract } from "./search";
import { clicksContract } from "./streams";

const texts = {
  items: itemsContract,
  shelves: shelvesContract,
  clicks: clicksContract,
  searched: searchedContract,
  "marts/sales": salesMart,
};

/** Compiles contracts that must be refused; the problems, each on one line. */
function refusedWith(contracts: Readonly<Record<string, string>>): string[] {
  const root = makeDirectory();
  writeFiles(
    root,
    Object.fromEntries(Object.entries(contracts).map(([name, text]) => [`${name}.odcs.yaml`, text])),
  );
  let error: unknown;
  try {
    compileContracts(root, root);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ContractError);
  const blocks = (error as ContractError).message.split("\n\n");
  expect(blocks).toHaveLength((error as ContractError).problems.length + 1);
  return blocks.slice(0, -1).map((block) => block.replace("\n    ", " | "));
}

describe.each([
  ["the document", documentRefusals],
  ["the dataset", datasetRefusals],
  ["raw files", rawFileRefusals],
  ["keys and columns", keysRefusals],
  ["types", typesRefusals],
  ["quality", qualityRefusals],
  ["promises", promisesRefusals],
  ["references", referencesRefusals],
  ["marts", martsRefusals],
  ["streams", streamRefusals],
  ["search", searchRefusals],
])("refuses in %s", (_, refusals) => {
  test.each(refusals)("$title", ({ contract = "items", from, to, problems }: Refusal) => {
    expect(texts[contract].split(from)).toHaveLength(2);
    const changed = texts[contract].replace(from, () => to);
    expect(refusedWith({ ...texts, [contract]: changed })).toEqual(problems);
  });
});

test("there are as many refusals as were counted", () => {
  const all = [
    documentRefusals,
    datasetRefusals,
    keysRefusals,
    typesRefusals,
    qualityRefusals,
    promisesRefusals,
    referencesRefusals,
    martsRefusals,
    rawFileRefusals,
    streamRefusals,
    searchRefusals,
  ];
  expect(all.flat()).toHaveLength(152);
  expect(new Set(all.flat().map(({ title }) => title)).size).toBe(152);
});

test("every problem of every contract is told at once, by file and line", () => {
  const problems = refusedWith({
    items: itemsContract.replace("value: 0.05", "value: 5").replace("unit: h", "unit: weeks"),
    shelves: shelvesContract.replace("status: active", "state: active"),
    broken: "name: [",
  });
  expect(problems).toEqual([
    "broken.odcs.yaml:1 | is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]; correct it",
    "items.odcs.yaml:19  schema[items].customProperties[failureThreshold].value = 5 | is not a share of rows; use a number from 0 to 1, such as 0.02 for two rows in a hundred",
    'items.odcs.yaml:88  slaProperties[latency].unit = "weeks" | is not a unit of time here; use d, h or m',
    "shelves.odcs.yaml:1  status | is missing; ODCS v3.1.0 wants it",
    'shelves.odcs.yaml:6  state = "active" | is not a key of ODCS v3.1.0 here; did you mean status?',
  ]);
});
