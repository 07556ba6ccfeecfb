import type { Figure } from "../figure";
import { day, decimal } from "../format";
import { barPlot } from "../plots/bars";
import { linePlot } from "../plots/line";
import type { Mart } from "../results";
import type { Table } from "../table";
import { isDay, type Total, totals } from "./cells";
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
  const rows = totals(mart, view.by, view.measure)
    .filter(({ label }) => isDay(label))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const points = rows.map((row) => ({ time: Date.parse(row.label), value: row.value, hint: hint(row) }));
  const [first, last] = [points[0], points.at(-1)];
  return {
    title: view.title,
    note: first && last ? `${day(first.time)} to ${day(last.time)}` : undefined,
    description: `${view.measure} of ${mart.name} over ${view.by}.`,
    size: "whole",
    plot: (width) => linePlot(points, width),
    numbers: numbersOf(view, rows),
  };
}

function bars(view: View, mart: Mart): Figure {
  const all = [...totals(mart, view.by, view.measure)].sort((a, b) => b.value - a.value);
  const rows = all.slice(0, mostBars);
  return {
    title: view.title,
    note: all.length > rows.length ? `the first ${rows.length} of ${all.length}` : undefined,
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
