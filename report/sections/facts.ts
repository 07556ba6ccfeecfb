import type { RunResults } from "../../contracts/run-results";
import { html } from "../../markup/html";
import { instant } from "../format";
import { type Part, section } from "../section";

/** What identifies the run. */
export function runFacts(results: RunResults): Part {
  const facts: readonly (readonly [string, string])[] = [
    ["Run", results.run_id],
    ["Run date", results.run_date],
    ["Release", results.release],
    ["Started", instant(results.started_at)],
    ["Finished", instant(results.finished_at)],
    ...results.datasets.map(
      ({ name, contract_version }) => [`Contract of ${name}`, contract_version] as const,
    ),
    ["Results schema", results.schema_version],
  ];
  return section({
    id: "run",
    title: "Run",
    lead: "What ran, when, and on what.",
    body: html`<dl class="facts">${facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>\n`)}</dl>`,
  });
}
