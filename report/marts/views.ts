import type { Mart } from "../../contracts/run-results";
import { cellsOf, isDay } from "./cells";

/** One plot of a mart: a measure summed by another column. */
export interface View {
  /** Of a line without its unit of time, which the days show. */
  readonly title: string;
  readonly by: string;
  readonly measure: string;
  /** A line over days, or bars from the largest down. */
  readonly form: "line" | "bars";
  /** Leaves out the rows without a value in `by`, which sum up what is not named. @default false */
  readonly onlyNamed?: boolean;
}

/** The plots that the platform's own marts deserve, most useful first. */
const chosen: Readonly<Record<string, readonly View[]>> = {
  revenue_by_day: [
    { title: "Net revenue", by: "day", measure: "net", form: "line" },
    { title: "Net revenue by country of delivery", by: "country", measure: "net", form: "bars" },
    { title: "Orders by country of delivery", by: "country", measure: "orders", form: "bars" },
  ],
  product_performance: [
    { title: "Top products by net revenue", by: "product", measure: "net", form: "bars", onlyNamed: true },
    { title: "Net revenue by category", by: "category", measure: "net", form: "bars" },
  ],
  customer_value: [
    { title: "Net revenue by customer segment", by: "segment", measure: "net", form: "bars" },
    { title: "Net revenue by customer country", by: "country", measure: "net", form: "bars" },
  ],
};

/** For any other mart: its first number over its first column of days, or else of words. */
function derived(mart: Mart): readonly View[] {
  const holds = (column: string, test: (cell: string | number | boolean) => boolean) => {
    const filled = (cellsOf(mart, column) ?? []).filter((cell) => cell !== null);
    return filled.length > 0 && filled.every(test);
  };
  const measure = mart.columns.find(
    (column) => !isKey(column) && holds(column, (cell) => typeof cell === "number"),
  );
  const day = mart.columns.find((column) => holds(column, isDay));
  const by = day ?? mart.columns.find((column) => column !== measure);
  if (measure === undefined || by === undefined) return [];
  return [
    day === undefined
      ? { title: `${measure} by ${by}`, by, measure, form: "bars" }
      : { title: measure, by, measure, form: "line" },
  ];
}

/** Whether a column holds numbers that name things, which are neither summed nor written with separators. */
export function isKey(column: string): boolean {
  return /(^|_)(id|key|year)$/.test(column);
}

/** The plots of a mart whose columns are there. */
export function viewsOf(mart: Mart): readonly View[] {
  if (mart.sample.length === 0) return [];
  const possible = (chosen[mart.name] ?? []).filter(
    ({ by, measure }) => mart.columns.includes(by) && mart.columns.includes(measure),
  );
  return possible.length > 0 ? possible : derived(mart);
}
