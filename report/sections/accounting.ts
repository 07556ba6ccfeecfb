import type { Dataset, Dispositions, RunResults } from "../../contracts/run-results";
import { type Html, html } from "../../markup/html";
import { accountedFor, type End, ends, sumOf } from "../accounts";
import { figure } from "../figure";
import { count, plural, share } from "../format";
import { stackPlot } from "../plots/stack";
import { type Part, section } from "../section";
import { table } from "../table";

const meanings: Readonly<Record<End, string>> = {
  inserted: "new rows",
  updated: "newer versions of rows that were there",
  superseded: "older versions and exact duplicates of a row kept",
  quarantined: "rows that break a rule, set aside with every reason",
};

function legend(): Html {
  return html`<ul class="legend">${ends.map(
    (end) => html`<li><i class="${end}"></i><b>${end}</b> ${meanings[end]}</li>`,
  )}</ul>`;
}

function sumCheck(dispositions: Dispositions): Html {
  const difference = dispositions.read - accountedFor(dispositions);
  if (difference === 0) return html`<span class="pass">✓ = read</span>`;
  const direction = difference > 0 ? "missing" : "too many";
  return html`<span class="fail">✗ ${plural(Math.abs(difference), "row")} ${direction}</span>`;
}

function cells(name: string, dispositions: Dispositions) {
  const { read } = dispositions;
  const withShare = (end: End) =>
    html`${count(dispositions[end])}${read > 0 && html`<small>${share(dispositions[end], read)}</small>`}`;
  return [name, count(read), ...ends.map(withShare), sumCheck(dispositions)];
}

function accounts(datasets: readonly Dataset[]): Html {
  return table({
    caption: "Rows by disposition",
    columns: [
      { title: "Dataset" },
      { title: "Read", numeric: true },
      ...ends.map((end) => ({ title: end[0]?.toUpperCase() + end.slice(1), numeric: true })),
      { title: "Sum", numeric: true },
    ],
    rows: datasets.map(({ name, dispositions }) => cells(name, dispositions)),
    total: cells("all", sumOf(datasets.map((dataset) => dataset.dispositions))),
  });
}

async function shares(datasets: readonly Dataset[]): Promise<Html | null> {
  const filled = datasets.filter((dataset) => accountedFor(dataset.dispositions) > 0);
  if (filled.length === 0) return null;
  const stacks = filled.map(({ name, dispositions }) => ({
    label: name,
    parts: ends.map((end) => ({
      value: dispositions[end],
      color: `var(--${end})`,
      hint: `${name}: ${count(dispositions[end])} ${end}, ${share(dispositions[end], accountedFor(dispositions))}`,
    })),
  }));
  return html`${legend()}${await figure({
    title: "What became of the rows read",
    description: "One bar for each dataset, divided into inserted, updated, superseded and quarantined rows.",
    size: "whole",
    plot: (width) => stackPlot(stacks, width),
  })}`;
}

function refusedFiles(datasets: readonly Dataset[]): Html | null {
  const refused = datasets.flatMap(({ name, files }) => files.refused.map((file) => ({ name, ...file })));
  if (refused.length === 0) return null;
  return html`<h3>Files refused</h3>${table({
    caption: "Files refused",
    columns: [{ title: "Dataset" }, { title: "File", code: true }, { title: "Reason" }],
    rows: refused.map(({ name, path, reason }) => [name, path, reason]),
  })}`;
}

/** Every row read and where it ended; the sum is checked here, not believed. */
export async function accounting({ datasets }: RunResults): Promise<Part> {
  const files = datasets.reduce((sum, dataset) => sum + dataset.files.read, 0);
  return section({
    id: "rows",
    title: "Row accounting",
    lead: `${plural(files, "file")} read. Every row read is inserted, updated, superseded or quarantined.`,
    body: html`${await shares(datasets)}${accounts(datasets)}${refusedFiles(datasets)}`,
  });
}
