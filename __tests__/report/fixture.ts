import type { Check, Dataset, RunResults } from "../../contracts/run-results";
import { distributions, marts } from "./fixture-data";

function check(
  id: string,
  failed: number | null,
  threshold: number | null,
  other: Partial<Check> = {},
): Check {
  const [column = null, rule = ""] = id.includes(".") ? id.split(".") : [null, id];
  const numbers = { failed_rows: failed, threshold };
  return { id, dimension: "conformity", column, rule, severity: "error", ...numbers, passed: true, ...other };
}

const customers: Dataset = {
  name: "customers",
  contract_version: "1.0.0",
  files: { read: 4, refused: [] },
  dispositions: { read: 51_234, inserted: 48_000, updated: 2_000, superseded: 734, quarantined: 500 },
  reasons: [
    {
      code: "email.pattern",
      rows: 260,
      examples: [{ file: "part-0.csv.gz", values: { customer_id: "731" } }],
    },
    {
      code: "country.allowed",
      rows: 240,
      examples: [{ file: "part-0.csv.gz", values: { customer_id: "17", country: "AA" } }],
    },
  ],
  checks: [
    check("customer_id.required", 0, 0.01, { dimension: "completeness" }),
    check("email.pattern", 260, 0.02),
    check("country.allowed", 240, 0.02),
    check("freshness", null, null, { dimension: "timeliness", severity: "warning", passed: false }),
  ],
};

const products: Dataset = {
  name: "products",
  contract_version: "1.2.0",
  files: { read: 1, refused: [] },
  dispositions: { read: 2_000, inserted: 1_990, updated: 0, superseded: 10, quarantined: 0 },
  reasons: [],
  checks: [check("product_id.unique", 0, 0, { dimension: "uniqueness" })],
};

const orders: Dataset = {
  name: "orders",
  contract_version: "1.0.0",
  renamed: { unit_price: "Unit Price" },
  files: {
    read: 16,
    refused: [{ path: "raw/orders/part-07.csv.gz", reason: "unexpected end of the gzip stream" }],
  },
  dispositions: {
    read: 5_203_118,
    inserted: 4_870_004,
    updated: 130_202,
    superseded: 104_011,
    quarantined: 98_901,
  },
  reasons: [
    {
      code: "quantity.range",
      rows: 31_007,
      examples: [
        { file: "part-0.csv.gz", values: { order_id: "12", quantity: "-3" } },
        { file: "part-9.csv.gz", values: { order_id: "4870001", quantity: "100000" } },
      ],
    },
    { code: "customer_id.reference", rows: 26_114 },
    {
      code: "unit_price.type",
      rows: 20_950,
      examples: [{ file: "part-3.csv.gz", values: { order_id: "77", unit_price: "12,50" } }],
    },
    {
      code: "status.allowed",
      rows: 15_502,
      examples: [{ file: "part-3.csv.gz", values: { order_id: "78", status: null } }],
    },
    { code: "order_id.unique", rows: 7_340 },
  ],
  checks: [
    check("quantity.range", 31_007, 0.02),
    check("customer_id.reference", 26_114, 0.02, { dimension: "consistency" }),
    check("unit_price.type", 20_950, 0.02),
    check("status.allowed", 15_502, 0.02),
    check("order_id.unique", 7_340, 0.005, { dimension: "uniqueness" }),
    check("volume", null, null, { dimension: "coverage" }),
  ],
};

const location = "/data/lake/curated";

/** A published run of five million orders, as the pipeline writes it. */
export const published: RunResults = {
  schema_version: "1.0.0",
  run_id: "demo-20260115-42",
  run_date: "2026-01-15",
  release: "3f9a1c0de4b27788",
  started_at: "2026-01-16T03:00:04Z",
  finished_at: "2026-01-16T03:01:11.500Z",
  outcome: "published",
  stages: [
    { name: "ingest", seconds: 34.21, rows_in: 5_256_352, rows_out: 5_156_951 },
    { name: "curate", seconds: 18.4, rows_in: 5_156_951, rows_out: 5_052_196 },
    { name: "marts", seconds: 9.05, rows_in: 5_052_196, rows_out: 54_910 },
  ],
  datasets: [customers, products, orders],
  audit: { passed: true, violations: [] },
  distributions,
  marts,
  tables: [
    {
      name: "orders",
      rows: 5_000_206,
      files: 24,
      bytes: 143_204_511,
      before: { rows: 4_948_010, files: 24, bytes: 141_900_000 },
      location: `${location}/orders/run=demo-20260115-42`,
    },
    {
      name: "customers",
      rows: 50_000,
      files: 1,
      bytes: 2_311_400,
      before: null,
      location: `${location}/customers/run=demo-20260115-42`,
    },
    {
      name: "products",
      rows: 1_990,
      files: 1,
      bytes: 61_022,
      location: `${location}/products/run=demo-20260115-42`,
    },
  ],
  planted: {
    datasets: {
      customers: { rows: 51_234, reasons: { "email.pattern": 260, "country.allowed": 240 }, superseded: 734 },
      orders: {
        rows: 5_203_118,
        reasons: {
          "quantity.range": 31_007,
          "customer_id.reference": 26_114,
          "unit_price.type": 20_950,
          "status.allowed": 15_502,
          "order_id.unique": 7_340,
        },
        superseded: 104_011,
      },
    },
  },
};

/** The same batch when the audit refuses it after ingest. */
export const rejected: RunResults = {
  ...published,
  outcome: "rejected",
  stages: published.stages.slice(0, 1),
  datasets: [
    customers,
    products,
    {
      ...orders,
      checks: [
        check("status.allowed", 15_502, 0.02),
        check("quantity.range", 31_007, 0.005, { passed: false }),
      ],
    },
  ],
  audit: {
    passed: false,
    violations: ["orders: quantity.range failed for 0.6 % of rows, 0.5 % are allowed"],
  },
  distributions: [],
  marts: [],
  tables: [],
};

/** A first run on an input without rows. */
export const empty: RunResults = {
  ...published,
  stages: [],
  datasets: [
    {
      ...products,
      files: { read: 0, refused: [] },
      dispositions: { read: 0, inserted: 0, updated: 0, superseded: 0, quarantined: 0 },
      checks: [check("product_id.unique", 0, 0)],
    },
  ],
  distributions: [{ dataset: "products", column: "category", kind: "categories", bins: [] }],
  marts: [{ name: "revenue_by_day", rows: 0, columns: ["day", "net"], sample: [] }],
  tables: [{ name: "products", rows: 0, files: 1, bytes: 412, location: `${location}/products/run=first` }],
  planted: null,
};
