import type { Bin, Cell, Distribution, Mart } from "../../contracts/run-results";

const days = (count: number, from = "2025-01-01") =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10),
  );

const wave = (index: number) => 1 + 0.25 * Math.sin(index / 58) + 0.15 * Math.sin((index * 2 * Math.PI) / 7);

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

/** How the columns of the three datasets are spread. */
export const distributions: readonly Distribution[] = [
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
  sample: [
    ...Array.from({ length: 60 }, (_, index): readonly Cell[] => {
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
    [null, "home", 800_000, 1_600_000, 50_000_000, 0.01],
  ],
};

const customerValue: Mart = {
  name: "customer_value",
  rows: 50_000,
  columns: ["segment", "country", "customers", "orders", "net"],
  sources: {
    segment: ["customers.segment"],
    orders: ["orders"],
    net: ["orders.quantity", "orders.unit_price"],
    note: [],
  },
  sample: ["consumer", "business", "public"].flatMap((segment, place) =>
    Object.entries(countries).map(([country, weight]): readonly Cell[] => {
      const orders = Math.round((weight * 5_000) / (place + 1));
      return [segment, country, Math.round(orders / 100), orders, orders * 84.25];
    }),
  ),
};

/** The platform's own marts. */
export const marts: readonly Mart[] = [revenue, performance, customerValue];
