import type { Mart } from "../../contracts/run-results";
import type { Figure } from "../figure";
import { decimal } from "../format";
import { areMonths } from "../plots/axes";
import { barPlot } from "../plots/bars";
import { linePlot } from "../plots/line";
import type { Table } from "../table";
import { isDay, type Total, totals, unnamed } from "./cells";
import type { View } from "./views";

/** More bars than this are not drawn. */
const mostBars = 12;

function hint({ label, value }: Total): string {
  return `${label}: ${decimal(value)}`;
}

function numbersOf({ title, by, measure }: View, rows: readonly Total[]): Table {
  return {
    caption: title,
    columns: [{ title: by }, { title: measure, numeric: true }],
    rows: rows.map(({ label, value }) => [label, decimal(value)]),
  };
}

function line(view: View, mart: Mart): Figure {
  const days = totals(mart, view.by, view.measure)
    .filter(({ label }) => isDay(label))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const monthly = days.length > 1 && areMonths(days.map(({ label }) => Date.parse(label)));
  const rows = days.map(({ label, value }) => ({ label: label.slice(0, monthly ? 7 : 10), value }));
  const points = rows.map((row) => ({ time: Date.parse(row.label), value: row.value, hint: hint(row) }));
  const title = `${view.title} by ${monthly ? "month" : "day"}`;
  return {
    title,
    note: `${rows[0]?.label} to ${rows.at(-1)?.label}`,
    description: `${view.measure} of ${mart.name} over ${view.by}.`,
    size: "whole",
    plot: (width) => linePlot(points, width),
    numbers: numbersOf({ ...view, title }, rows),
  };
}

function bars(view: View, mart: Mart): Figure {
  const all = totals(mart, view.by, view.measure)
    .filter(({ label }) => !view.onlyNamed || label !== unnamed)
    .sort((a, b) => b.value - a.value);
  const rows = all.slice(0, mostBars);
  return {
    title: view.title,
    note: all.length > rows.length ? `the ${rows.length} largest` : undefined,
    description: `${view.measure} of ${mart.name} by ${view.by}, from the largest down.`,
    size: "half",
    plot: (width) =>
      barPlot(
        rows.map((row) => ({ ...row, hint: hint(row) })),
        width,
      ),
    numbers: numbersOf(view, rows),
  };
}

/** The figure that shows a view of a mart. */
export function figureOf(view: View, mart: Mart): Figure {
  return view.form === "line" ? line(view, mart) : bars(view, mart);
}
