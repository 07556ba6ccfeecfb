import { join } from "node:path";
import { compileContracts } from "../../../contracts/compiler";
import type { CompiledContract } from "../../../contracts/compiler/compiled";
import { itemsContract, salesMart, shelvesContract } from "../../release/support/contracts";
import { makeDirectory, writeFiles } from "../../release/support/repository";

const root = join(__dirname, "..", "..", "..");

function compiled(): CompiledContract {
  const directory = makeDirectory();
  writeFiles(directory, { "items.odcs.yaml": itemsContract, "shelves.odcs.yaml": shelvesContract });
  const { datasets, marts } = compileContracts(directory, directory);
  expect(marts).toEqual([]);
  const [items, ...others] = datasets;
  expect(others.map(({ name }) => name)).toEqual(["shelves"]);
  return items as CompiledContract;
}

test("the head of a contract", () => {
  const { columns, ...head } = compiled();
  expect(columns).toHaveLength(7);
  expect(head).toEqual({
    schema_version: 1,
    name: "items",
    version: "1.2.0",
    description: "What is on the shelves.",
    owner: "shelves",
    raw: { format: "csv", delimiter: ",", header: true, encoding: "UTF-8", multiline: false },
    key: ["item_id"],
    version_column: "updated_at",
    partition_by: { column: "added_on", transform: "month" },
    freshness: {
      id: "updated_at.freshness",
      column: "updated_at",
      max_age_seconds: 129_600,
      severity: "error",
      dimension: "timeliness",
    },
    volume: { id: "volume", minimum: 1, maximum: 1000, severity: "warning", dimension: "coverage" },
    stream: null,
    search: null,
    has_files: true,
  });
});

test("columns keep their order, and carry type, format and whether they are personal", () => {
  const { columns } = compiled();
  expect(
    columns.map(({ rules, missing_values, derived, ...column }) => Object.values(column).join(" ")),
  ).toEqual([
    "item_id item_id bigint false  false ",
    "parent_id parent_id bigint true  false ",
    "label Label string true  true ",
    "colour colour string true  false ",
    "price price decimal(4,2) true  false ",
    "added_on added_on date true yyyy-MM-dd false ",
    "updated_at updated_at timestamp false yyyy-MM-dd HH:mm:ss false ",
  ]);
});

test("a column says what it is, in one line", () => {
  const directory = makeDirectory();
  const text = '"Counted from\n        the ground."';
  const described = shelvesContract.replace(
    "physicalType: INT }",
    `physicalType: INT, description: ${text} }`,
  );
  writeFiles(directory, { "shelves.odcs.yaml": described });
  const [shelves] = compileContracts(directory, directory).datasets;
  expect(shelves?.columns.map(({ description }) => description)).toEqual([
    "",
    "Counted from the ground.",
    "",
  ]);
});

test("every rule, with its params, its dimension and its threshold", () => {
  const { columns } = compiled();
  const rules = columns.flatMap((column) => column.rules);
  expect(rules).toHaveLength(16);
  expect(rules.every(({ id, kind }) => id.endsWith(`.${kind}`))).toBe(true);
  expect(
    rules.map(({ id, params, severity, dimension, threshold }) =>
      [id, JSON.stringify(params), severity, dimension, threshold].join(" "),
    ),
  ).toEqual([
    "item_id.type {} error conformity 0.05",
    "item_id.required {} error completeness 0.05",
    'item_id.range {"minimum":"1"} error accuracy 0.05',
    "item_id.unique {} error uniqueness 0.05",
    "parent_id.type {} error conformity 0.05",
    'parent_id.reference {"dataset":"shelves","column":"shelf_id"} error consistency 0.05',
    'label.length {"minimum":2,"maximum":40} error conformity 0.2',
    'label.pattern {"pattern":"^[A-Z]"} error conformity 0.2',
    'colour.allowed {"values":["red","green"]} warning accuracy 0.007',
    "price.type {} error conformity 0.05",
    'price.range {"maximum":"9.99","exclusive_minimum":"0"} error accuracy 0',
    "added_on.type {} error conformity 0.05",
    'added_on.range {"minimum":"2015-01-01","maximum":"2035-12-31"} error accuracy 0.05',
    "updated_at.type {} error conformity 0.05",
    "updated_at.required {} error completeness 0.05",
    "updated_at.future {} error timeliness 0.05",
  ]);
});

test("what says how raw files are written, which texts mean nothing, and what names a row without a key", () => {
  const directory = makeDirectory();
  const keyless = shelvesContract
    .replace(
      "{ property: versionColumn, value: updated_at }",
      '{ property: rawFiles, value: { delimiter: ";" } }',
    )
    .replace("name: shelf_id, logicalType: integer, physicalType: BIGINT,", DERIVED)
    .replace("physicalType: INT }", `physicalType: INT, customProperties: [${MISSING}] }`);
  writeFiles(directory, { "shelves.odcs.yaml": keyless });
  const [shelves] = compileContracts(directory, directory).datasets;
  expect(shelves).toMatchObject({
    version_column: null,
    key: ["row_id"],
    raw: { format: "csv", delimiter: ";" },
  });
  expect(shelves?.columns.map(({ derived, missing_values }) => [derived, missing_values])).toEqual([
    ["content", []],
    [null, ["NA", "-"]],
    [null, []],
  ]);
});

const DERIVED =
  "name: row_id, logicalType: string, physicalType: STRING, customProperties: [{ property: derivedFrom, value: content }],";
const MISSING = '{ property: missingValues, value: ["NA", "-"] }';

test("a text has the rule encoding, unless what it may be is known anyway", () => {
  const directory = makeDirectory();
  const noted = shelvesContract.replace(
    "physicalType: INT }",
    "physicalType: INT }\n      - { name: note, logicalType: string, physicalType: STRING }",
  );
  writeFiles(directory, { "shelves.odcs.yaml": noted });
  const [shelves] = compileContracts(directory, directory).datasets;
  const rules = shelves?.columns.flatMap(({ rules }) => rules) ?? [];
  expect(rules.filter(({ kind }) => kind === "encoding")).toEqual([
    {
      id: "note.encoding",
      kind: "encoding",
      params: {},
      severity: "error",
      dimension: "conformity",
      threshold: 0,
    },
  ]);
  expect(compiled().columns.flatMap(({ rules }) => rules.map(({ kind }) => kind))).not.toContain("encoding");
});

test("a mart has columns and a key, and no rules", () => {
  const directory = makeDirectory();
  writeFiles(directory, { "marts/sales.odcs.yaml": salesMart });
  expect(compileContracts(directory, directory)).toEqual({
    datasets: [],
    marts: [
      {
        schema_version: 1,
        name: "sales",
        version: "2.0.1",
        description: "What was sold.",
        owner: "sales",
        columns: [
          {
            name: "day",
            type: "date",
            nullable: false,
            personal: false,
            description: "Day of sale.",
            sources: [],
          },
          { name: "buyer", type: "string", nullable: true, personal: true, description: "", sources: [] },
          {
            name: "net",
            type: "decimal(18,2)",
            nullable: false,
            personal: false,
            description: "",
            sources: [],
          },
        ],
        key: ["day"],
        refresh: "batch",
      },
    ],
  });
});

test("a mart's column says what it is made of", () => {
  const directory = makeDirectory();
  const mart = salesMart.replace(
    "personal-data]",
    "personal-data], transformSourceObjects: [items.label, items]",
  );
  writeFiles(directory, {
    "items.odcs.yaml": itemsContract,
    "shelves.odcs.yaml": shelvesContract,
    "marts/sales.odcs.yaml": mart,
  });
  const [sales] = compileContracts(directory, directory).marts;
  expect(sales?.columns.map(({ sources }) => sources)).toEqual([[], ["items.label", "items"], []]);
});

test("the platform's own contracts compile, and name every column that may be quarantined", () => {
  const { datasets, marts } = compileContracts(join(root, "contracts"), root);
  expect(datasets.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["customers", "orders", "products"]),
  );
  expect(marts.filter(({ refresh }) => refresh === "batch").map(({ name }) => name)).toEqual([
    "customer_value",
    "product_performance",
    "revenue_by_day",
  ]);
  expect(marts.filter(({ refresh }) => refresh === "stream").map(({ name }) => name)).toEqual([
    "revenue_by_minute",
    "search_terms",
    "session_funnel",
  ]);
  for (const { columns, key, version_column } of datasets) {
    const named = version_column === null ? key : [...key, version_column];
    expect(key.length).toBeGreaterThan(0);
    expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
    const ids = columns.flatMap(({ rules }) => rules.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test("every column of the platform's own contracts says what it is", () => {
  const { datasets, marts } = compileContracts(join(root, "contracts"), root);
  const columns = [...datasets, ...marts].flatMap((contract) => [...contract.columns]);
  expect(columns.length).toBeGreaterThanOrEqual(7 + 11 + 6 + 13 + 8 + 7 + 6 + 6 + 8);
  expect(columns.filter(({ description }) => !/^[A-Z].*\.$/.test(description))).toEqual([]);
});
