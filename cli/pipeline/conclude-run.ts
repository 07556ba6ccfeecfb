import { Failure } from "../../base/failure";
import { writeWhole } from "../../base/files";
import { prefixOf } from "../../contracts/layout";
import type { RunResults } from "../../report";
import { type LeftOut, refuseLeftOut } from "../contract/infer";
import { shown } from "../places";
import { recordRun } from "./record-run";
import type { PipelineRun } from "./run-pipeline";
import { describeRun } from "./summary";

/**
 * Records a run, renders its report and prints its summary, of a rejected one too.
 * @throws Failure with the audit's findings when the run was rejected, and with what was left out of a published one
 */
export async function concludeRun(run: PipelineRun, report: string): Promise<void> {
  const { readResults, renderReport } = await import("../../report");
  const results = await readResults(run.results);
  const history = await recordRun(run);
  try {
    writeWhole(report, await renderReport(results, run.results, history));
  } finally {
    console.log(`\n${describeRun(run, results, report)}`);
  }
  const leftOut = allLeftOut(run, results);
  if (!run.rejected) {
    refuseLeftOut(`run ${run.runId} is published`, leftOut);
    return;
  }
  const more = leftOut.map(({ dataset, reason }) => `${dataset} was left out: ${reason}`);
  const violations = [...results.audit.violations, ...more].map((violation) => `  ${violation}`);
  throw new Failure(
    `the audit rejected the run:\n${violations.join("\n")}`,
    `see ${shown(report)}; the rows are in ${prefixOf("quarantine")}, the thresholds in ${thresholds(run)}`,
  );
}

/** What the jobs found without a contract, and why there is none: the jobs only see that there is none. */
function allLeftOut({ leftOut }: PipelineRun, { left_out = [] }: RunResults): readonly LeftOut[] {
  const others = left_out.filter(({ dataset }) => !leftOut.some((known) => known.dataset === dataset));
  return [...leftOut, ...others];
}

function thresholds({ contracts }: PipelineRun): string {
  return contracts === undefined ? "contracts/datasets/" : shown(contracts);
}
