import type { RunResults } from "../../contracts/run-results";
import { type Html, html } from "../../markup/html";
import { accountedFor, sumOf } from "../accounts";
import { count, duration, list, plural, rate, share } from "../format";
import { verdictOn } from "../verdict";

/** Length of the whole run in seconds. */
function elapsed({ started_at, finished_at }: RunResults): number {
  return (Date.parse(finished_at) - Date.parse(started_at)) / 1000;
}

function badge({ outcome }: RunResults): Html {
  return outcome === "published"
    ? html`<span class="badge pass">✓ Published</span>`
    : html`<span class="badge fail">✗ Rejected</span>`;
}

function sentence({ outcome, tables, datasets }: RunResults): string {
  if (outcome === "rejected") {
    return "The audit refused this batch. The published tables are as they were before; what was quarantined is kept.";
  }
  const names = list(datasets.map((dataset) => dataset.name));
  return `The batch of ${names || "no dataset"} passed its audit, and ${plural(tables.length, "table")} now ${tables.length === 1 ? "shows" : "show"} this run.`;
}

/** Rows that no disposition accounts for, which no run may have. */
function unaccounted({ datasets }: RunResults): readonly string[] {
  return datasets
    .filter(({ dispositions }) => accountedFor(dispositions) !== dispositions.read)
    .map(
      ({ name, dispositions }) =>
        `${name}: ${plural(dispositions.read, "row")} read, but ${count(accountedFor(dispositions))} accounted for`,
    );
}

function reasonsFor(results: RunResults): Html | null {
  const leftOut = (results.left_out ?? []).map(({ dataset, reason }) => `${dataset} was left out: ${reason}`);
  const reasons = [...results.audit.violations, ...leftOut, ...unaccounted(results)];
  if (reasons.length === 0) return null;
  return html`<div class="why"><h2>Why</h2><ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul></div>`;
}

function tile(label: string, value: string, detail: string): Html {
  return html`<div><dt>${label}</dt><dd><strong>${value}</strong><span>${detail}</span></dd></div>\n`;
}

function tiles(results: RunResults): Html {
  const rows = sumOf(results.datasets.map((dataset) => dataset.dispositions));
  const kept = rows.inserted + rows.updated;
  const ofRead = (part: number) =>
    rows.read === 0 ? "nothing was read" : `${share(part, rows.read)} of rows read`;
  const checks = results.datasets.flatMap((dataset) => dataset.checks);
  const passed = checks.filter((check) => check.passed).length;
  const seconds = elapsed(results);
  return html`<dl class="tiles">
${tile("Rows read", count(rows.read), plural(results.datasets.length, "dataset"))}
${tile(results.outcome === "published" ? "Inserted or updated" : "Rows held back", count(kept), ofRead(kept))}
${tile("Quarantined", count(rows.quarantined), ofRead(rows.quarantined))}
${tile("Checks passed", `${count(passed)} of ${count(checks.length)}`, verdictOn(checks))}
${tile("Duration", duration(seconds), rate(rows.read, seconds))}
</dl>`;
}

/** What became of the run, why, and its main figures. */
export function outcome(results: RunResults): Html {
  return html`<header id="outcome">
<p class="over">Pipeline run ${results.run_id}</p>
<h1>${results.run_date} ${badge(results)}</h1>
<p class="lead">${sentence(results)}</p>
${reasonsFor(results)}
${tiles(results)}
</header>`;
}
