import { type Html, html } from "../../../markup/html";
import { accountedFor } from "../../accounts";
import { count, duration, instant, list, plural, rate, share } from "../../format";
import { datasetsOf, type StreamHistory, sumCounts } from "../history";
import { latency } from "../series";
import { isEqual } from "./comparison";

function tile(label: string, value: string, detail: string): Html {
  return html`<div><dt>${label}</dt><dd><strong>${value}</strong><span>${detail}</span></dd></div>\n`;
}

/** Seconds from the first decision to the last commit. */
function elapsed({ entries }: StreamHistory): number {
  const from = Math.min(...entries.map(({ decided_at }) => Date.parse(decided_at)));
  return (Math.max(...entries.map(({ applied_at }) => Date.parse(applied_at))) - from) / 1000;
}

function badge({ entries, comparisons }: StreamHistory): Html {
  const counts = sumCounts(entries);
  if (accountedFor(counts) !== counts.read) return html`<span class="badge fail">✗ Does not add up</span>`;
  if (!comparisons.every(isEqual)) return html`<span class="badge fail">✗ Differs from its batch</span>`;
  return html`<span class="badge pass">✓ Every record accounted for</span>`;
}

/** What became of the stream, and its main figures. */
export function outcome(history: StreamHistory): Html {
  const { entries, account } = history;
  const counts = sumCounts(entries);
  const kept = counts.inserted + counts.updated;
  const ends = [...entries.map(({ applied_at }) => applied_at)].sort();
  const [half, most] = [latency(entries, 0.5), latency(entries, 0.95)];
  return html`<header id="outcome">
<p class="over">${instant(ends[0] ?? "")} – ${instant(ends.at(-1) ?? "")}</p>
<h1>Stream of ${list(datasetsOf(history))} ${badge(history)}</h1>
<p class="lead">${plural(entries.length, "commit")} of records that arrived at the brokers; what is older is in the ledger.</p>
<dl class="tiles">
${tile("Records read", count(counts.read), rate(counts.read, elapsed(history)))}
${tile("Inserted or updated", count(kept), `${share(kept, counts.read)} of records read`)}
${tile("Quarantined", count(counts.quarantined), `${share(counts.quarantined, counts.read)} of records read`)}
${tile("Latency, 95 %", most === undefined ? "–" : duration(most), half === undefined ? "" : `half within ${duration(half)}`)}
${account === undefined ? "" : tile("Acknowledged", count(account.acknowledged), `of ${count(account.sent)} that the generator sent`)}
</dl>
</header>`;
}
