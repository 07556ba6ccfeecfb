import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Manifest } from "../../bundle";
import { places } from "../places";
import { Progress } from "./progress";
import { findSpark } from "./spark-place";
import { runSparkStep, type SparkEnd } from "./spark-step";

/** The jobs of a release that was built from this checkout, ready to run here. */
export interface Jobs {
  readonly manifest: Manifest;
  /** Runs a job to its end; its whole output is in `<logs>/<job>.log`. */
  readonly run: (job: string, args: readonly string[]) => Promise<SparkEnd>;
}

/**
 * Builds the release and finds what runs it.
 *
 * @param output where Spark's event logs go, as they do in the logs bucket, for its history server
 * @param logs where the jobs' own output goes
 */
export async function prepareJobs(output: string, logs: string): Promise<Jobs> {
  const place = findSpark();
  const manifest = await build();
  const conf = { ...manifest.spark_conf, ...eventLog(output) };
  return {
    manifest,
    run: (job, args) => runSparkStep(place, { job, args, conf, log: join(logs, `${job}.log`) }),
  };
}

async function build(): Promise<Manifest> {
  const { buildBundle } = await import("../../bundle");
  const { explained } = await import("../release/explain");
  const progress = new Progress("bundle");
  try {
    const manifest = await explained(buildBundle({ outDir: places.bundle, root: places.root }));
    progress.done(`release ${manifest.release}`);
    return manifest;
  } catch (error) {
    progress.failed();
    throw error;
  }
}

function eventLog(output: string): Record<string, string> {
  const directory = join(output, "logs", "spark-events");
  mkdirSync(directory, { recursive: true });
  return { "spark.eventLog.enabled": "true", "spark.eventLog.dir": pathToFileURL(directory).href };
}
