import { join } from "node:path";
import { compileContracts } from "../../../bundle/contracts";
import type { CompiledContract } from "../../../bundle/contracts/compiled";
import { itemsContract, shelvesContract } from "../support/contracts";
import { makeDirectory, writeFiles } from "../support/repository";

const root = join(__dirname, "..", "..", "..");

async function compiled(): Promise<CompiledContract> {
  const directory = makeDirectory();
  writeFiles(directory, { "items.odcs.yaml": itemsContract, "shelves.odcs.yaml": shelvesContract });
  const [items, ...others] = await compileContracts(directory, directory);
  expect(others.map(({ name }) => name)).toEqual(["shelves"]);
  return items as CompiledContract;
}

test("the head of a contract", async () => {
  const { columns, ...head } = await compiled();
  expect(columns).toHaveLength(7);
  expect(head).toEqual({
    schema_version: 1,
    name: "items",
    version: "1.2.0",
    description: "What is on the shelves.",
    owner: "shelves",
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
  });
});

test("columns keep their order, and carry type, format and whether they are personal", async () => {
  const { columns } = await compiled();
  expect(columns.map(({ rules, ...column }) => Object.values(column).join(" "))).toEqual([
    "item_id item_id bigint false  false",
    "parent_id parent_id bigint true  false",
    "label Label string true  true",
    "colour colour string true  false",
    "price price decimal(4,2) true  false",
    "added_on added_on date true yyyy-MM-dd false",
    "updated_at updated_at timestamp false yyyy-MM-dd HH:mm:ss false",
  ]);
});

test("every rule, with its params, its dimension and its threshold", async () => {
  const { columns } = await compiled();
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

test("the platform's own contracts compile, and name every column that may be quarantined", async () => {
  const contracts = await compileContracts(join(root, "etl", "contracts"), root);
  expect(contracts.map(({ name }) => name)).toEqual(["customers", "orders", "products"]);
  for (const { columns, key, version_column } of contracts) {
    expect(key).toHaveLength(1);
    expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining([...key, version_column]));
    const ids = columns.flatMap(({ rules }) => rules.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  }
});
