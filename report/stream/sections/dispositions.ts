import type { LedgerEntry } from "../../../contracts/stream-ledger";
import { html } from "../../../markup/html";
import { accountedFor, ends } from "../../accounts";
import { figureGrid } from "../../figure";
import { count, plural, share } from "../../format";
import { type Part, section } from "../../section";
import { table } from "../../table";
import { datasetsOf, type StreamHistory, sumCounts } from "../history";
import { timeFigure } from "../time-figure";

/** What became of the records, by dataset and over time; the sum is checked here, not believed. */
export async function dispositions(history: StreamHistory): Promise<Part> {
  const { entries } = history;
  const figures = ends.map((end) => timeFigure(entries, end, ({ counts }) => counts[end]));
  const released = entries.reduce((sum, entry) => sum + releasedBy(entry), 0);
  return section({
    id: "records",
    title: "Record accounting",
    lead: `Every record read is inserted, updated, superseded or quarantined. ${
      released === 0
        ? "No record was released from quarantine later."
        : `${plural(released, "record")} counted as quarantined ${released === 1 ? "was" : "were"} released later, when what they refer to had arrived.`
    }`,
    body: html`${table({
      caption: "Records by disposition",
      columns: [
        { title: "Dataset" },
        { title: "Read", numeric: true },
        ...ends.map((end) => ({ title: end[0]?.toUpperCase() + end.slice(1), numeric: true })),
        { title: "Sum", numeric: true },
      ],
      rows: datasetsOf(history).map((name) => cells(name, history)),
    })}<h3>Over time</h3>${await figureGrid(figures)}`,
  });
}

/** Records that left quarantine with an entry; others that had waited stay there. */
function releasedBy({ released }: LedgerEntry): number {
  return (released.inserted ?? 0) + (released.updated ?? 0) + (released.superseded ?? 0);
}

function cells(name: string, { entries }: StreamHistory) {
  const counts = sumCounts(entries.filter(({ dataset }) => dataset === name));
  const sum = accountedFor(counts);
  return [
    name,
    count(counts.read),
    ...ends.map((end) => html`${count(counts[end])}<small>${share(counts[end], counts.read)}</small>`),
    sum === counts.read
      ? html`<span class="pass">✓ = read</span>`
      : html`<span class="fail">✗ ${plural(Math.abs(counts.read - sum), "record")} ${sum < counts.read ? "missing" : "too many"}</span>`,
  ];
}
