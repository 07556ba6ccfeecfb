import type { Bin, Cell, Check, Dataset, Distribution, Mart, RunResults } from "../../report/results";

const days = (count: number, from = "2025-01-01") =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10),
  );

const wave = (index: number) => 1 + 0.25 * Math.sin(index / 58) + 0.15 * Math.sin((index * 2 * Math.PI) / 7);

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
    { code: "email.pattern", rows: 260 },
    { code: "country.allowed", rows: 240 },
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
    { code: "quantity.range", rows: 31_007 },
    { code: "customer_id.reference", rows: 26_114 },
    { code: "unit_price.type", rows: 20_950 },
    { code: "status.allowed", rows: 15_502 },
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

const histogram = (dataset: string, column: string, step: number, rows: readonly number[]): Distribution => ({
  dataset,
  column,
  kind: "histogram",
  bins: rows.map((value, index) => ({ from: index * step, to: (index + 1) * step, rows: value })),
});

const categories = (
  dataset: string,
  column: string,
  rows: Readonly<Record<string, number>>,
): Distribution => ({
  dataset,
  column,
  kind: "categories",
  bins: Object.entries(rows).map(([label, value]): Bin => ({ label, rows: value })),
});

function timeline(dataset: string, column: string): Distribution {
  const months = Array.from({ length: 25 }, (_, index) =>
    new Date(Date.UTC(2024, index, 1)).toISOString().slice(0, 10),
  );
  const bins = months.slice(0, -1).map((from, index) => ({
    from,
    to: months[index + 1] as string,
    rows: Math.round(200_000 * wave(index * 15)),
  }));
  return { dataset, column, kind: "timeline", bins };
}

const lognormal = Array.from({ length: 30 }, (_, index) =>
  Math.round(900_000 * Math.exp(-((Math.log(index + 1) - 1.3) ** 2) / 0.8)),
);

const countries = { BE: 210, NL: 180, FR: 160, DE: 140, LU: 20, GB: 90, ES: 70, IT: 60 };

const distributions: readonly Distribution[] = [
  timeline("orders", "order_ts"),
  histogram(
    "orders",
    "quantity",
    5,
    [3_100_000, 1_200_000, 420_000, 160_000, 70_000, 30_000, 12_000, 6_000, 1_500, 706],
  ),
  histogram("orders", "unit_price", 10, lognormal),
  categories("orders", "status", {
    delivered: 3_600_000,
    shipped: 500_000,
    paid: 400_000,
    placed: 250_000,
    cancelled: 150_206,
    returned: 100_000,
  }),
  categories("orders", "country", countries),
  categories("orders", "channel", { web: 3_100_000, store: 1_200_000, app: 700_206 }),
  timeline("customers", "signup_date"),
  categories("customers", "segment", { consumer: 38_000, business: 9_000, public: 3_000 }),
  histogram(
    "products",
    "unit_price",
    10,
    lognormal.map((value) => Math.round(value / 5000)),
  ),
];

const revenue: Mart = {
  name: "revenue_by_day",
  rows: 2_920,
  columns: ["day", "orders", "units", "gross", "net"],
  sample: days(365).map((day, index) => {
    const orders = Math.round(13_700 * wave(index));
    return [day, orders, orders * 3, orders * 91.5, orders * 84.25];
  }),
};

const names = [
  "Walnut desk",
  "Oak shelf",
  "Brass lamp",
  "Linen sofa",
  "Steel kettle",
  "Wool rug",
  "Cork stool",
];

const performance: Mart = {
  name: "product_performance",
  rows: 1_990,
  columns: ["product", "category", "orders", "units", "net", "return_share"],
  sample: Array.from({ length: 60 }, (_, index): readonly Cell[] => {
    const orders = Math.round(90_000 / (index + 1) ** 0.8);
    const product = `${names[index % names.length]} no. ${1000 + index}`;
    return [
      product,
      ["home", "office", "kitchen", "garden"][index % 4] ?? null,
      orders,
      orders * 2,
      orders * 61.4,
      0.02,
    ];
  }),
};

const customerValue: Mart = {
  name: "customer_value",
  rows: 50_000,
  columns: ["segment", "country", "customers", "orders", "net"],
  sample: ["consumer", "business", "public"].flatMap((segment, place) =>
    Object.entries(countries).map(([country, weight]): readonly Cell[] => {
      const orders = Math.round((weight * 5_000) / (place + 1));
      return [segment, country, Math.round(orders / 100), orders, orders * 84.25];
    }),
  ),
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
  marts: [revenue, performance, customerValue],
  tables: [
    {
      name: "orders",
      rows: 5_000_206,
      files: 24,
      bytes: 143_204_511,
      location: `${location}/orders/run=demo-20260115-42`,
    },
    {
      name: "customers",
      rows: 50_000,
      files: 1,
      bytes: 2_311_400,
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
