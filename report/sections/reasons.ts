import type { Dataset, RunResults } from "../../contracts/run-results";
import { type Html, html } from "../../markup/html";
import { type Figure, figureGrid } from "../figure";
import { count, plural, share } from "../format";
import { plantedReasons } from "../planted";
import { barPlot } from "../plots/bars";
import { type Part, section } from "../section";
import { examplesOf } from "./examples";

/** More reasons than this are drawn as one; the table has them all. */
const mostReasons = 15;

interface Reason {
  readonly code: string;
  readonly caught: number;
  /** Undefined when it is not known what was planted. */
  readonly planted: number | undefined;
  /** Whether it stands for several. @default false */
  readonly summed?: boolean;
}

/** Reasons that were caught or planted, most caught first. */
function reasonsOf(dataset: Dataset, planted: RunResults["planted"]): readonly Reason[] {
  const expected = plantedReasons(planted, dataset.name);
  const caught = new Map(dataset.reasons.map(({ code, rows }) => [code, rows]));
  const missed = [...(expected ?? [])].filter(([code, rows]) => rows > 0 && !caught.has(code));
  return [...caught, ...missed.map(([code]) => [code, 0] as const)].map(([code, rows]) => ({
    code,
    caught: rows,
    planted: expected && (expected.get(code) ?? 0),
  }));
}

/** Reasons to draw: those that are not as planted first, then the largest, the smallest as one. */
function drawnOf(reasons: readonly Reason[]): readonly Reason[] {
  const wrong = reasons.filter((reason) => !isAsPlanted(reason));
  const sorted = [...wrong, ...reasons.filter(isAsPlanted)];
  if (sorted.length <= mostReasons) return sorted;
  const rest = sorted.slice(mostReasons - 1);
  const sum = (key: "caught" | "planted") => rest.reduce((total, reason) => total + (reason[key] ?? 0), 0);
  const planted = rest.some((reason) => reason.planted !== undefined) ? sum("planted") : undefined;
  return [
    ...sorted.slice(0, mostReasons - 1),
    { code: `${rest.length} others`, caught: sum("caught"), planted, summed: true },
  ];
}

function isAsPlanted({ caught, planted }: Reason): boolean {
  return planted === undefined || caught === planted;
}

function difference({ caught, planted }: Reason): Html {
  if (planted === undefined) return html`–`;
  if (caught === planted) return html`<span class="pass">✓ 0</span>`;
  return html`<span class="fail">✗ ${caught > planted ? "+" : "−"}${count(Math.abs(caught - planted))}</span>`;
}

function hint({ code, caught, planted }: Reason): string {
  return planted === undefined
    ? `${code}: ${plural(caught, "row")}`
    : `${code}: ${count(caught)} caught of ${count(planted)} planted`;
}

function noteOn(dataset: Dataset, reasons: readonly Reason[]): string {
  const { quarantined, read } = dataset.dispositions;
  const rows = `${plural(quarantined, "row")} quarantined, ${share(quarantined, read)} of rows read`;
  if (reasons.every((reason) => reason.planted === undefined)) return rows;
  const wrong = reasons.filter((reason) => !isAsPlanted(reason)).length;
  return `${rows}. ${wrong === 0 ? "All that was planted was caught." : `${plural(wrong, "reason")} caught more or less than planted.`}`;
}

function figureOf(dataset: Dataset, planted: RunResults["planted"]): Figure | null {
  const reasons = reasonsOf(dataset, planted);
  if (reasons.length === 0) return null;
  const known = reasons.some((reason) => reason.planted !== undefined);
  const bars = drawnOf(reasons).map((reason) => ({
    label: reason.code,
    value: reason.caught,
    hint: hint(reason),
    text: count(reason.caught),
    color: reason.summed ? "var(--superseded)" : "var(--quarantined)",
    ...(reason.planted === undefined ? {} : { expected: reason.planted }),
  }));
  return {
    title: dataset.name,
    note: noteOn(dataset, reasons),
    description: `Quarantined rows of ${dataset.name} by reason.`,
    plot: (width) => barPlot(bars, width),
    numbers: {
      caption: `Quarantined rows of ${dataset.name} by reason`,
      columns: [
        { title: "Reason", code: true },
        { title: known ? "Caught" : "Rows", numeric: true },
        ...(known ? ["Planted", "Difference"] : []).map((title) => ({ title, numeric: true })),
        { title: "Of rows read", numeric: true },
      ],
      rows: reasons.map((reason) => [
        reason.code,
        count(reason.caught),
        ...(known ? [count(reason.planted ?? 0), difference(reason)] : []),
        share(reason.caught, dataset.dispositions.read),
      ]),
    },
  };
}

function examples(datasets: readonly Dataset[]): Html | null {
  const shown = datasets.flatMap((dataset) => examplesOf(dataset) ?? []);
  if (shown.length === 0) return null;
  return html`<h3>Examples</h3>
<p class="lead">The first and the last row of each reason, by file and key. Columns that a contract calls personal are not in here; beside them, a text
that may be anything is masked: a, A and 0 stand for letters, capitals and digits.</p>
${shown}`;
}

/** Why rows were set aside, and for a synthetic batch whether all that was planted was caught. */
export async function quarantineReasons({ datasets, planted }: RunResults): Promise<Part> {
  const figures = datasets.flatMap((dataset) => figureOf(dataset, planted) ?? []);
  const lead =
    figures.length === 0
      ? "No row broke a rule."
      : `A row with several reasons counts in each of them.${planted ? " The line across a bar is what the generator planted." : ""}`;
  return section({
    id: "quarantine",
    title: "Quarantine reasons",
    lead,
    body: figures.length > 0 && html`${await figureGrid(figures)}${examples(datasets)}`,
  });
}
