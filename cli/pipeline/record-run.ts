import { join } from "node:path";
import pc from "picocolors";
import type { EarlierRun } from "../../report";
import { runPackage } from "../spark/package-python";
import { sparkPython } from "../spark/place";
import type { PipelineRun } from "./run-pipeline";

/** How many runs before this one the report lists. */
const EARLIER_RUNS = 20;
/** The store takes about a second; a file system that hangs must not hold up the report. */
const PATIENCE_MS = 60_000;
/** Bytes: contracts of a thousand columns have thousands of checks in each run. */
const LONGEST_HISTORY = 64 * 2 ** 20;

type Recordable = Pick<PipelineRun, "lake" | "results" | "processorSeconds">;

/** The store of the runs of one lake. */
export function storeOf(lake: string): string {
  return join(lake, "metadata.sqlite");
}

/**
 * Records a run in the lake's metadata store, and lists the runs before it. The data is published by now, so a store
 * that does not answer is a warning and nothing more: any later `platform_metadata record` catches up.
 *
 * @returns undefined when there is no store
 */
export async function recordRun({
  lake,
  results,
  processorSeconds,
}: Recordable): Promise<readonly EarlierRun[] | undefined> {
  const store = ["platform_metadata", "--url", `sqlite:///${storeOf(lake)}`] as const;
  const used = processorSeconds === undefined ? [] : ["--processor-seconds", String(processorSeconds)];
  const record = ["record", results, "--json", "--limit", String(EARLIER_RUNS + 1), ...used];
  const { parseHistory } = await import("../../report");
  try {
    const limits = { timeout: PATIENCE_MS, maxBuffer: LONGEST_HISTORY };
    return parseHistory(await runPackage(sparkPython(), [...store, ...record], limits));
  } catch (error) {
    console.warn(`${pc.yellow("!")} the run is not in the metadata store: ${lastLine(error)}`);
    return undefined;
  }
}

/** What a Python that failed says last, which is the error itself. */
function lastLine(error: unknown): string {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
  return said.trim().split("\n").at(-1) || String(error).split("\n")[0] || "";
}
