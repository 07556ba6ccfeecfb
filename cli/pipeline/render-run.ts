import { readFileSync } from "node:fs";
import { Failure } from "../../base/failure";
import { writeWhole } from "../../base/files";
import type { EarlierRun } from "../../report";
import { shown } from "../places";

/**
 * Renders the report of a run that is over, wherever it ran.
 *
 * @param history file with what the metadata store lists; undefined to say nothing of other runs and of usage
 * @throws ResultsError when the results cannot be read; Failure when the history cannot
 */
export async function renderRun(results: string, history: string | undefined, report: string): Promise<void> {
  const { readResults, renderReport } = await import("../../report");
  const runs = history === undefined ? undefined : await readHistory(history);
  writeWhole(report, await renderReport(await readResults(results), results, runs));
  console.log(`the report is ${shown(report)}`);
}

async function readHistory(file: string): Promise<readonly EarlierRun[]> {
  const { parseHistory } = await import("../../report");
  try {
    return parseHistory(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(
      `--history ${shown(file)}: ${error instanceof Error ? error.message : error}`,
      "it is what `python -m platform_metadata history --json` prints: see docs/metadata.md",
    );
  }
}
