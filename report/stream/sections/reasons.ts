import type { LedgerEntry, TrafficAccount } from "../../../contracts/stream-ledger";
import { html } from "../../../markup/html";
import { figureGrid } from "../../figure";
import { count, share } from "../../format";
import { type Part, section } from "../../section";
import { examplesOf } from "../../sections/examples";
import { table } from "../../table";
import { datasetsOf, type StreamHistory, sumCounts } from "../history";
import { timeFigure } from "../time-figure";

/** Reasons that are drawn over time; the table has all. */
const MOST_DRAWN = 6;
const MOST_EXAMPLES = 2;

interface Reason {
  readonly dataset: string;
  readonly code: string;
  readonly records: number;
}

/** Reasons of all datasets, most records first. */
function reasonsOf({ entries }: StreamHistory): readonly Reason[] {
  const found = new Map<string, Reason>();
  for (const { dataset, reasons } of entries)
    for (const [code, records] of Object.entries(reasons)) {
      const before = found.get(`${dataset} ${code}`)?.records ?? 0;
      found.set(`${dataset} ${code}`, { dataset, code, records: before + records });
    }
  return [...found.values()].sort(
    (one, other) => other.records - one.records || one.code.localeCompare(other.code),
  );
}

/** Records that the generator planted for a reason and that the brokers have. */
function planted(account: TrafficAccount, { dataset, code }: Reason): number {
  return account.records
    .filter((row) => row.dataset === dataset && row.reason === code)
    .reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}

/** Why records were quarantined, over time, beside what was planted. */
export async function reasons(history: StreamHistory): Promise<Part> {
  const { entries, account } = history;
  const found = reasonsOf(history);
  const figures = found.slice(0, MOST_DRAWN).map((reason) => {
    const own = (entry: LedgerEntry) =>
      entry.dataset === reason.dataset ? (entry.reasons[reason.code] ?? 0) : 0;
    return timeFigure(entries, `${reason.dataset}: ${reason.code}`, own);
  });
  const read = (dataset: string) => sumCounts(entries.filter((entry) => entry.dataset === dataset)).read;
  return section({
    id: "quarantine",
    title: "Quarantine reasons",
    lead:
      found.length === 0
        ? "No record broke a rule."
        : "A record with several reasons counts in each of them. There may be more than was planted: what refers to a row that an earlier batch quarantined is an orphan.",
    body:
      found.length > 0 &&
      html`${table({
        caption: "Quarantined records by reason",
        columns: [
          { title: "Dataset" },
          { title: "Reason", code: true },
          { title: "Records", numeric: true },
          ...(account === undefined ? [] : [{ title: "Planted", numeric: true }]),
          { title: "Of records read", numeric: true },
        ],
        rows: found.map((reason) => [
          reason.dataset,
          reason.code,
          count(reason.records),
          ...(account === undefined ? [] : [count(planted(account, reason))]),
          share(reason.records, read(reason.dataset)),
        ]),
      })}${examples(history)}<h3>Over time</h3>${await figureGrid(figures)}`,
  });
}

/** The first examples of each reason. */
function examples(history: StreamHistory) {
  return datasetsOf(history).map((name) => {
    const own = history.entries.filter(({ dataset }) => dataset === name);
    const codes = [...new Set(own.flatMap((entry) => Object.keys(entry.examples ?? {})))].sort();
    const reasons = codes.map((code) => {
      const all = own.flatMap((entry) => entry.examples?.[code] ?? []);
      return { code, rows: all.length, examples: all.slice(0, MOST_EXAMPLES) };
    });
    return examplesOf({ name, reasons });
  });
}
