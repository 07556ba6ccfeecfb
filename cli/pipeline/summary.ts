import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import pc from "picocolors";
import type { RunResults } from "../../report";
import { describeStacks } from "../describe";
import { places, shown } from "../places";
import { type Cell, table } from "../table";
import { readStacks } from "../terraform/stacks";
import { storeOf } from "./record-run";
import type { PipelineRun } from "./run-pipeline";

const REASONS_SHOWN = 12;
/** Share of the rows read. */
const DISMISSED_WORTH_A_WORD = 0.01;

/** Everything a finished run has to say: what became of every row, how long it took, where it is, and what is next. */
export function describeRun(run: PipelineRun, results: RunResults, report: string): string {
  const verdict = run.rejected
    ? `${pc.red("✗")} run ${run.runId} was rejected: the published tables are as they were`
    : `${pc.green("✓")} run ${run.runId} of ${results.run_date} is published`;
  const parts = [
    run.contracts === undefined ? stacks() : "",
    dispositions(results),
    refusals(results),
    notNew(results),
    reasons(results),
    stages(results),
    jobs(run),
  ];
  return [
    verdict,
    ...parts.filter(Boolean),
    whereItIs(run, results, report),
    next(run, results, report),
  ].join("\n\n");
}

function stacks(): string {
  if (!existsSync(join(places.synthesis, "manifest.json"))) return "";
  const all = readStacks(places.synthesis);
  // Every environment begins with its network.
  const environments = all
    .filter(({ id }) => id.endsWith("-network"))
    .map(({ id }) => id.replace(/-network$/, ""));
  return describeStacks(environments, all);
}

function dispositions({ datasets }: RunResults): string {
  const head = ["dataset", "read", "inserted", "updated", "superseded", "quarantined"];
  const rows = datasets.map(
    ({ name, dispositions: { read, inserted, updated, superseded, quarantined } }) => {
      return [name, read, inserted, updated, superseded, quarantined];
    },
  );
  return table(head, rows);
}

/** Files whose rows are in no count above. */
function refusals({ datasets }: RunResults): string {
  const all = datasets.flatMap(({ name, files }) =>
    files.refused.map(({ path, reason }): Cell[] => [name, basename(path), reason]),
  );
  if (all.length === 0) return "";
  const rest = all.length > REASONS_SHOWN ? `\n… and ${all.length - REASONS_SHOWN} more in the report` : "";
  return table(["dataset", "file refused", "because"], all.slice(0, REASONS_SHOWN)) + rest;
}

/** Datasets of which more than a few rows were dismissed: where it is not expected, the key may be wrong. */
function notNew({ datasets }: RunResults): string {
  return datasets
    .filter(({ dispositions: { read, superseded } }) => superseded > read * DISMISSED_WORTH_A_WORD)
    .map(({ name, dispositions: { read, superseded } }) => {
      const share = ((superseded / read) * 100).toFixed(1);
      return `${name}: ${superseded.toLocaleString("en")} rows (${share}%) were dismissed: copies of others, older versions, or published before`;
    })
    .join("\n");
}

function reasons({ datasets }: RunResults): string {
  const all = datasets.flatMap(({ name, reasons }) =>
    reasons.map(({ code, rows }): Cell[] => [name, code, rows]),
  );
  if (all.length === 0) return "";
  const sorted = all.sort((a, b) => Number(b[2]) - Number(a[2]));
  const rest =
    sorted.length > REASONS_SHOWN ? `\n… and ${sorted.length - REASONS_SHOWN} more in the report` : "";
  return table(["dataset", "quarantined because of", "rows"], sorted.slice(0, REASONS_SHOWN)) + rest;
}

function stages({ stages }: RunResults): string {
  const rows = stages.map(({ name, seconds, rows_in, rows_out }): Cell[] => {
    return [name, seconds.toFixed(1), rows_in, rows_out, seconds > 0 ? Math.round(rows_in / seconds) : 0];
  });
  return table(["stage", "seconds", "rows in", "rows out", "rows/s"], rows);
}

function jobs({ seconds }: PipelineRun): string {
  const rows = Object.entries(seconds).map(([job, taken]): Cell[] => [job, taken.toFixed(1)]);
  const total = Object.values(seconds).reduce((sum, taken) => sum + taken, 0);
  return table(["job", "seconds with Spark's start"], [...rows, ["total", total.toFixed(1)]]);
}

function whereItIs(run: PipelineRun, { tables }: RunResults, report: string): string {
  return table(
    ["what", "where"],
    [
      ["report", shown(report)],
      ["results", shown(run.results)],
      ...(existsSync(storeOf(run.lake)) ? [["metadata store", shown(storeOf(run.lake))]] : []),
      ...tables.map(({ name, location }): Cell[] => [`table ${name}`, location]),
      ["logs", shown(run.logs)],
    ],
  );
}

function next(run: PipelineRun, { datasets }: RunResults, report: string): string {
  const open = `  open ${shown(report)} in a browser`;
  const isOwn = run.lake === places.lake;
  const lake = isOwn ? "" : ` --lake ${shown(run.lake)}`;
  if (run.contracts === undefined)
    return [
      "next:",
      open,
      "  ./platform run --rows 100000          a short run; --run-date and --seed make other batches",
      `  ./platform query "select * from marts.revenue_by_day"${lake}   asks the tables by SQL`,
      `  make explore${isOwn ? "" : ` LAKE=${shown(run.lake)}`}   shows figures, search and the data dictionary in a browser`,
      "  make stream    takes events over HTTP and Kafka into live tables",
      "  ./platform plan --env dev             what applying would create (needs AWS credentials)",
      "  ./platform --help                     everything else",
    ].join("\n");
  const quarantined = datasets.some(({ dispositions }) => dispositions.quarantined > 0);
  const replay = `  ./platform run --replay ${run.runId} --contract <dir>   the quarantined rows again, with corrected contracts`;
  return ["next:", open, ...(quarantined ? [replay] : [])].join("\n");
}
