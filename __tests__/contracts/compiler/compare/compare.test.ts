import { checkContracts } from "../../../../contracts/compiler/compare";
import { compareBounds } from "../../../../contracts/compiler/compare/bounds";
import { stepOf } from "../../../../contracts/compiler/compare/versions";
import { ContractError } from "../../../../contracts/compiler/problem";
import { itemsContract, salesMart, shelvesContract } from "../../../release/support/contracts";
import { makeDirectory, writeFiles } from "../../../release/support/repository";
import { additiveChanges, breakingChanges, type Case } from "./changes";

type Contracts = Readonly<Record<string, string | null>>;

const used: Contracts = { items: itemsContract, shelves: shelvesContract, "marts/sales": salesMart };

function folder(contracts: Contracts) {
  const directory = makeDirectory();
  const files = Object.entries({ ...used, ...contracts });
  writeFiles(directory, Object.fromEntries(files.map(([name, text]) => [`${name}.odcs.yaml`, text])));
  return { directory, root: directory };
}

/** The problems of contracts that follow those in use, each on one line; none when they may follow. */
function refusals(now: Contracts, before: Contracts = {}): string[] {
  try {
    checkContracts(folder(now), folder(before));
    return [];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.problems.map(({ file, line, path, value, message, remedy }) => {
      const shown = typeof value === "string" ? ` = ${JSON.stringify(value)}` : "";
      return `${file}:${line}  ${path}${shown} | ${message}; ${remedy}`;
    });
  }
}

/** The items with a change, under a version of their own. */
function changed({ from, to }: Case, version = "1.2.0"): Contracts {
  expect(itemsContract.split(from)).toHaveLength(2);
  return { items: itemsContract.replace(from, () => to).replace("version: 1.2.0", `version: ${version}`) };
}

function expected({ problems }: Case, weight: string, next: string): string[] {
  return problems
    .map((problem) => {
      const [place, message, instead] = problem.split(" | ");
      return `items.odcs.yaml:${place} | ${message}; that is ${weight}; make the version ${next} (it was 1.2.0 and is 1.2.0), or ${instead}`;
    })
    .sort();
}

describe("breaking is", () => {
  test.each(breakingChanges)("$title", (change) => {
    expect(refusals(changed(change)).sort()).toEqual(expected(change, "breaking", "2.0.0"));
    expect(refusals(changed(change, "1.3.0"))).toHaveLength(change.problems.length);
    expect(refusals(changed(change, "2.0.0"))).toEqual([]);
  });
});

describe("additive is", () => {
  test.each(additiveChanges)("$title", (change) => {
    expect(refusals(changed(change))).toEqual(expected(change, "additive", "1.3.0"));
    expect(refusals(changed(change, "1.2.1"))).toHaveLength(change.problems.length);
    expect(refusals(changed(change, "1.3.0"))).toEqual([]);
  });
});

test("the key and the version column are not changed in passing", () => {
  const other = `      - { name: moved_at, logicalType: timestamp, physicalType: TIMESTAMP, required: true }\n`;
  const before = { items: null, shelves: shelvesContract + other };
  const now = shelvesContract
    .replace(
      "physicalType: INT }",
      "physicalType: INT, required: true, primaryKey: true, primaryKeyPosition: 2 }",
    )
    .replace("value: updated_at", "value: moved_at");
  const messages = refusals({ items: null, shelves: now + other }, before).map(
    (text) => text.split(" | ")[1],
  );
  expect(messages.map((text) => text?.split("; that is breaking")[0])).toEqual([
    "changes the key, by which rows are told apart, from shelf_id to shelf_id, floor",
    "changes the column that orders versions from updated_at to moved_at",
    "is required now, and could be missing before",
  ]);
});

test("readers count on a value where there was one", () => {
  const now = salesMart.replace(
    'physicalType: "DECIMAL(18,2)", required: true',
    'physicalType: "DECIMAL(18,2)"',
  );
  expect(refusals({ "marts/sales": now })).toEqual([
    "marts/sales.odcs.yaml:15  schema[sales].properties[net] | may be missing now, and readers count on a value; that is breaking; make the version 3.0.0 (it was 2.0.1 and is 2.0.1), or keep required: true",
  ]);
});

test("what recomputes a mart decides where it is written", () => {
  const property = "    customProperties: [{ property: refresh, value: stream }]\n    properties:\n";
  expect(refusals({ "marts/sales": salesMart.replace("    properties:\n", property) })).toEqual([
    "marts/sales.odcs.yaml:10  schema[sales] | changes what recomputes it from batch to stream; that is breaking; make the version 3.0.0 (it was 2.0.1 and is 2.0.1), or keep batch",
  ]);
});

test("words may change freely, and so may an order of a mart's columns", () => {
  const day = salesMart.split("\n").find((line) => line.includes("name: day")) ?? "";
  const now = `${salesMart.replace(`${day}\n`, "").replace("What was sold.", "What we sold.")}${day}\n`;
  expect(refusals({ "marts/sales": now })).toEqual([]);
});

test("a contract goes only after it was announced", () => {
  const retired = salesMart.replace("status: active", "status: retired");
  expect(refusals({ "marts/sales": null })).toEqual([
    "marts/sales.odcs.yaml:1   | is gone, and with it sales 2.0.1, which is in use; restore it with status: retired, and remove it when that has been published",
  ]);
  expect(refusals({ "marts/sales": null }, { "marts/sales": retired })).toEqual([]);
});

test("a new contract is welcome, and a version never goes back", () => {
  expect(refusals({}, { "marts/sales": null })).toEqual([]);
  expect(refusals({ "marts/sales": salesMart.replace("2.0.1", "1.9.0") })).toEqual([
    'marts/sales.odcs.yaml:5  version = "1.9.0" | is below 2.0.1, which is in use; use 2.0.1 or a later version',
  ]);
});

test("contracts that are wrong in themselves are told so first", () => {
  const wrong = {
    items: itemsContract.replace("DECIMAL(4,2)", "MONEY").replace("maxLength: 40", "maxLength: 9"),
  };
  expect(refusals(wrong)).toEqual([
    'items.odcs.yaml:62  schema[items].properties[price].physicalType = "MONEY" | is not a Spark type of a number; use DOUBLE or DECIMAL(12,2)',
  ]);
});

test("what became of each contract is counted", () => {
  const now = folder({
    items: itemsContract.replace("1.2.0", "2.0.0").replace("maximum: 9.99", "maximum: 5"),
  });
  expect(checkContracts(now, folder({ "marts/sales": null }))).toEqual([
    { name: "items", before: "1.2.0", after: "2.0.0", breaking: 1, additive: 0 },
    { name: "shelves", before: "1.0.0", after: "1.0.0", breaking: 0, additive: 0 },
    { name: "sales", before: undefined, after: "2.0.1", breaking: 0, additive: 0 },
  ]);
  expect(checkContracts(now, undefined).map(({ before }) => before)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  ["1.2.3", "1.2.3", "none"],
  ["1.2.3", "1.2.4", "patch"],
  ["1.2.3", "1.3.0", "minor"],
  ["1.9.3", "2.0.0", "major"],
  ["1.10.0", "1.9.9", undefined],
])("from %s to %s the step is %s", (before, after, step) => {
  expect(stepOf(before, after)).toBe(step);
});

test.each([
  [{ minimum: "1" }, { minimum: "2" }, true, false],
  [{ minimum: "9" }, { minimum: "10" }, true, false],
  [{ maximum: "2015-01-31" }, { maximum: "2015-02-01" }, false, true],
  [{ minimum: "1" }, { exclusive_minimum: "1" }, true, false],
  [{ exclusive_maximum: "1" }, { maximum: "1" }, false, true],
  [{}, { maximum: "1" }, true, false],
  [{ minimum: "1", maximum: "2" }, { minimum: "0", maximum: "1" }, true, true],
  [{ minimum: null }, {}, false, false],
])("from %j to %j: narrower %s, wider %s", (before, after, narrower, wider) => {
  expect(compareBounds(before, after)).toEqual({ narrower, wider });
});
