import type { Bin, Distribution, RunResults } from "../../contracts/run-results";
import { type Html, html } from "../../markup/html";
import { type Figure, figureGrid } from "../figure";
import { count, day, decimal, plural, share } from "../format";
import { barPlot } from "../plots/bars";
import { columnPlot, type Span } from "../plots/columns";
import { type Part, section } from "../section";

/** More categories than this are shown as one. */
const mostCategories = 12;

/** The largest share of rows that a histogram may leave to its table. */
const longestTail = 0.005;

function position(edge: number | string | undefined, time: boolean): number {
  if (typeof edge === "number") return edge;
  return time && edge !== undefined ? Date.parse(edge) : Number.NaN;
}

function nameOf({ label, from, to }: Bin): string {
  if (label !== undefined) return label === "" ? "(empty)" : label;
  const edges = [from, to].map((edge) => (typeof edge === "number" ? decimal(edge) : (edge ?? "")));
  return edges.filter((edge) => edge !== "").join(" – ") || "(unnamed)";
}

function spansOf(bins: readonly Bin[], time: boolean, total: number): readonly Span[] {
  const written = time ? day : decimal;
  return bins
    .map((bin) => ({ ...bin, from: position(bin.from, time), to: position(bin.to, time) }))
    .filter(({ from, to }) => to > from)
    .map(({ from, to, rows }) => ({
      from,
      to,
      value: rows,
      hint: `${written(from)} – ${written(to)}: ${plural(rows, "row")}, ${share(rows, total)}`,
    }));
}

function folded(bins: readonly Bin[]): readonly Bin[] {
  const sorted = [...bins].sort((a, b) => b.rows - a.rows);
  if (sorted.length <= mostCategories) return sorted;
  const rest = sorted.slice(mostCategories - 1);
  const rows = rest.reduce((sum, bin) => sum + bin.rows, 0);
  return [...sorted.slice(0, mostCategories - 1), { label: `${rest.length} others`, rows }];
}

/** A long tail of almost nothing would press all else against the axis: it is left to the table. */
function withoutTail(spans: readonly Span[], total: number): readonly Span[] {
  let end = spans.length;
  let tail = spans.at(-1)?.value ?? 0;
  while (end > 1 && tail < total * longestTail) {
    end -= 1;
    tail += spans[end - 1]?.value ?? 0;
  }
  return end * 2 <= spans.length ? spans.slice(0, end) : spans;
}

function columnsOf({ kind, bins }: Distribution, total: number): readonly Span[] | undefined {
  if (kind === "categories") return undefined;
  const spans = spansOf(bins, kind === "timeline", total);
  if (spans.length < bins.length) return undefined;
  return kind === "timeline" ? spans : withoutTail(spans, total);
}

function plotOf(distribution: Distribution, total: number): Figure["plot"] {
  const { bins, kind } = distribution;
  const spans = columnsOf(distribution, total);
  if (spans) return (width) => columnPlot({ spans, time: kind === "timeline", width });
  const bars = folded(bins).map((bin) => ({
    label: nameOf(bin),
    value: bin.rows,
    hint: `${nameOf(bin)}: ${plural(bin.rows, "row")}, ${share(bin.rows, total)}`,
    text: share(bin.rows, total, 1),
  }));
  return (width) => barPlot(bars, width);
}

function noteOn(distribution: Distribution, total: number): string {
  const spans = columnsOf(distribution, total);
  const drawn = spans?.reduce((sum, span) => sum + span.value, 0) ?? total;
  const rest =
    spans && drawn < total
      ? `; ${share(total - drawn, total)} from ${decimal(spans.at(-1)?.to ?? 0)} up not drawn`
      : "";
  return `${plural(total, "row")}${rest}`;
}

function figureOf(distribution: Distribution): Figure {
  const { dataset, column, bins } = distribution;
  const total = bins.reduce((sum, bin) => sum + bin.rows, 0);
  return {
    title: column,
    note: noteOn(distribution, total),
    description: `Rows of ${dataset} by ${column}.`,
    plot: plotOf(distribution, total),
    numbers: {
      caption: `Rows of ${dataset} by ${column}`,
      columns: [{ title: column }, { title: "Rows", numeric: true }, { title: "Share", numeric: true }],
      rows: bins.map((bin) => [nameOf(bin), count(bin.rows), share(bin.rows, total)]),
    },
  };
}

async function ofDataset(dataset: string, distributions: readonly Distribution[]): Promise<Html> {
  return html`<h3>${dataset}</h3>${await figureGrid(distributions.map(figureOf))}`;
}

/** How the values of the data are spread, column by column. */
export async function dataDistributions({ distributions }: RunResults): Promise<Part> {
  const filled = distributions.filter(({ bins }) => bins.some((bin) => bin.rows > 0));
  const datasets = [...new Set(filled.map(({ dataset }) => dataset))];
  const parts = datasets.map((name) =>
    ofDataset(
      name,
      filled.filter(({ dataset }) => dataset === name),
    ),
  );
  return section({
    id: "distributions",
    title: "Distributions",
    lead: filled.length === 0 ? "No row to show." : "How the values of the rows kept are spread.",
    body: await Promise.all(parts),
  });
}
