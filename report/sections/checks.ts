import type { Check, Dataset, RunResults } from "../../contracts/run-results";
import { type Content, type Html, html } from "../../markup/html";
import { count, percent, plural, share } from "../format";
import type { EarlierRun } from "../history";
import { type Part, section } from "../section";
import { table } from "../table";
import { trendOf } from "../trend";
import { verdictOn } from "../verdict";

function verdict({ passed, severity }: Check): Html {
  if (passed) return html`<span class="pass">✓ passed</span>`;
  return severity === "warning"
    ? html`<span class="warn">! warning</span>`
    : html`<span class="fail">✗ failed</span>`;
}

function cells(check: Check, read: number, trend: readonly Content[]): readonly Content[] {
  const { id, dimension, severity, failed_rows, threshold } = check;
  return [
    id,
    verdict(check),
    severity,
    dimension,
    failed_rows === null ? "–" : count(failed_rows),
    failed_rows === null ? "–" : share(failed_rows, read),
    threshold === null ? "–" : percent(threshold),
    ...trend,
  ];
}

/** Failed errors first, then warnings, then in the order of the contract. */
function rank({ passed, severity }: Check): number {
  if (passed) return 2;
  return severity === "error" ? 0 : 1;
}

function checksOf(
  { name, contract_version, checks, dispositions }: Dataset,
  history: readonly EarlierRun[],
): Html {
  const trends = new Map(checks.map((check) => [check.id, trendOf(name, check, history)]));
  const trended = [...trends.values()].some((trend) => trend !== null);
  const passed = checks.filter((check) => check.passed).length;
  return html`<h3>${name} <small>contract ${contract_version}: ${count(passed)} of ${plural(checks.length, "check")} passed</small></h3>
${table({
  caption: `Checks of ${name}`,
  columns: [
    { title: "Check", code: true },
    { title: "Result" },
    { title: "Severity" },
    { title: "Dimension" },
    { title: "Failed rows", numeric: true },
    { title: "Of rows read", numeric: true },
    { title: "Allowed", numeric: true },
    ...(trended ? [{ title: "Last runs" }] : []),
  ],
  rows: [...checks]
    .sort((a, b) => rank(a) - rank(b))
    .map((check) => cells(check, dispositions.read, trended ? [trends.get(check.id) ?? ""] : [])),
})}`;
}

/**
 * Every rule of every contract and whether the batch kept it.
 *
 * @param history the last runs, this one among them, whose trend is shown
 */
export function qualityChecks({ datasets, audit }: RunResults, history: readonly EarlierRun[] = []): Part {
  const checked = datasets.filter((dataset) => dataset.checks.length > 0);
  return section({
    id: "checks",
    title: "Quality checks",
    lead: `The audit ${audit.passed ? "passed" : "failed"}: ${verdictOn(checked.flatMap((one) => one.checks))}. A check of rows fails when more rows break its rule than are allowed.`,
    body: html`<div class="checks">${checked.map((dataset) => checksOf(dataset, history))}</div>`,
  });
}
