import type { Cell, Mart, RunResults } from "../../contracts/run-results";
import { type Html, html } from "../../markup/html";
import { figureGrid } from "../figure";
import { count, decimal, plural } from "../format";
import { figureOf } from "../marts/figures";
import { isKey, viewsOf } from "../marts/views";
import { type Part, section } from "../section";
import { table } from "../table";

/** The rows of a sample that are written out. */
const mostRows = 20;

function written(cell: Cell | undefined, column: string): string {
  if (cell === null || cell === undefined) return "–";
  return typeof cell === "number" && !isKey(column) ? decimal(cell) : String(cell);
}

function rowsOf({ name, columns, sample }: Mart): Html {
  if (sample.length === 0) return html`<p class="lead">No row to show.</p>`;
  const isNumber = (index: number) => sample.some((row) => typeof row[index] === "number");
  const shown = sample.slice(0, mostRows);
  const which =
    sample.length > shown.length
      ? `The first ${shown.length} of these ${count(sample.length)} rows`
      : "These rows";
  return html`<details><summary>${which}</summary>${table({
    caption: `Rows of ${name}`,
    columns: columns.map((title, index) => ({ title, numeric: index > 0 && isNumber(index) })),
    rows: shown.map((row) => columns.map((column, index) => written(row[index], column))),
  })}</details>`;
}

function sizeOf({ rows, sample }: Mart): string {
  return `${plural(rows, "row")}${sample.length < rows ? `, summed up in ${count(sample.length)}` : ""}`;
}

async function martOf(mart: Mart): Promise<Html> {
  const figures = viewsOf(mart).map((view) => figureOf(view, mart));
  const rows = ["whole", "half"].map((size) => figures.filter((one) => one.size === size));
  const grids = rows.filter((row) => row.length > 0).map(figureGrid);
  return html`<h3>${mart.name} <small>${sizeOf(mart)}</small></h3>
${await Promise.all(grids)}
${rowsOf(mart)}`;
}

/** What the business reads: each mart as a plot and a few of its rows. */
export async function martViews({ marts }: RunResults): Promise<Part> {
  return section({
    id: "marts",
    title: "Marts",
    lead:
      marts.length === 0
        ? "The run made no mart."
        : `${plural(marts.length, "mart")} made from the curated tables.`,
    body: await Promise.all(marts.map(martOf)),
  });
}
