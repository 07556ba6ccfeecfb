import type { RunResults } from "../contracts/run-results";
import type { EarlierRun } from "./history";
import { page } from "./page";
import { accounting } from "./sections/accounting";
import { qualityChecks } from "./sections/checks";
import { dataDistributions } from "./sections/distributions";
import { runFacts } from "./sections/facts";
import { earlierRuns } from "./sections/history";
import { lineage } from "./sections/lineage";
import { martViews } from "./sections/marts";
import { outcome } from "./sections/outcome";
import { quarantineReasons } from "./sections/reasons";
import { stageTimes } from "./sections/stages";
import { storedTables } from "./sections/tables";
import { runUsage } from "./sections/usage";
import { parseResults } from "./validate";

export type { RunResults } from "../contracts/run-results";
export { type EarlierRun, parseHistory } from "./history";
export type { StreamHistory } from "./stream/history";
export { readStream, type StreamSource } from "./stream/read";
export { renderStream } from "./stream/render";
export { ResultsError, readResults } from "./validate";

/**
 * Renders the results of a run as one HTML file that needs no network and no script.
 *
 * The same results give the same bytes.
 *
 * @param file names the source of the results in errors.
 * @param history the last runs, this one among them or not; without it the page says nothing of earlier runs, trends and usage.
 * @throws ResultsError with all problems when the results are not what contracts/run-results.schema.json says.
 */
export async function renderReport(
  results: RunResults,
  file = "results.json",
  history?: readonly EarlierRun[],
): Promise<string> {
  const checked = parseResults(results, file);
  const parts = await Promise.all([
    accounting(checked),
    quarantineReasons(checked),
    qualityChecks(checked, history),
    dataDistributions(checked),
    martViews(checked),
    stageTimes(checked),
    storedTables(checked),
    ...lineage(checked),
    ...(history ? [runUsage(checked, history), earlierRuns(checked, history)] : []),
    runFacts(checked),
  ]);
  const title = `Run of ${checked.run_date}: ${checked.outcome}`;
  return page(title, outcome(checked), parts).markup;
}
