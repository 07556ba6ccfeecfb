import { type Figure, figureGrid } from "../figure";
import { count, day, decimal, plural, share } from "../format";
import { type Html, html } from "../html";
import { barPlot } from "../plots/bars";
import { columnPlot, type Span } from "../plots/columns";
import type { Bin, Distribution, RunResults } from "../results";
import { type Part, section } from "../section";

/** More categories than this are shown as one. */
const mostCategories = 12;

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

function plotOf({ kind, bins }: Distribution, total: number): Figure["plot"] {
  const time = kind === "timeline";
  const spans = kind === "categories" ? [] : spansOf(bins, time, total);
  if (spans.length === bins.length) return (width) => columnPlot({ spans, time, width });
  const bars = folded(bins).map((bin) => ({
    label: nameOf(bin),
    value: bin.rows,
    hint: `${nameOf(bin)}: ${plural(bin.rows, "row")}, ${share(bin.rows, total)}`,
    text: share(bin.rows, total, 1),
  }));
  return (width) => barPlot(bars, width);
}

function figureOf(distribution: Distribution): Figure {
  const { dataset, column, bins } = distribution;
  const total = bins.reduce((sum, bin) => sum + bin.rows, 0);
  return {
    title: column,
    note: plural(total, "row"),
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
