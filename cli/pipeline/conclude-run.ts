import { Failure } from "../../base/failure";
import { writeWhole } from "../../base/files";
import { prefixOf } from "../../contracts/layout";
import { shown } from "../places";
import { recordRun } from "./record-run";
import type { PipelineRun } from "./run-pipeline";
import { describeRun } from "./summary";

/**
 * Records a run, renders its report and prints its summary, of a rejected one too.
 * @throws Failure with the audit's findings when the run was rejected
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
  if (!run.rejected) return;
  throw new Failure(
    `the audit rejected the run:\n${results.audit.violations.map((violation) => `  ${violation}`).join("\n")}`,
    `see ${shown(report)}; the rows are in ${prefixOf("quarantine")}, the thresholds in contracts/datasets/`,
  );
}
