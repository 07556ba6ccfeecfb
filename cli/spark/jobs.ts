import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeFolder } from "../../base/files";
import type { Manifest } from "../../release";
import { places } from "../places";
import { findSpark } from "./place";
import { Progress } from "./progress";
import { sizeSpark } from "./sizing";
import { runSparkStep, type SparkEnd } from "./step";

/** The jobs of a release that was built from this checkout, ready to run here. */
export interface Jobs {
  readonly manifest: Manifest;
  /** Runs a job to its end; its whole output is in `<logs>/<job>.log`. */
  readonly run: (job: string, args: readonly string[]) => Promise<SparkEnd>;
}

/** Where jobs run, and on what. */
export interface JobsOptions {
  /** Where Spark's event logs go, as they do in the logs bucket, for its history server. */
  readonly output: string;
  /** Where the jobs' own output goes. */
  readonly logs: string;
  /** What the next job reads, which decides what its Spark gets. */
  readonly reads: () => readonly string[];
  /** Settings of Spark that win over all others. @default none */
  readonly conf?: Readonly<Record<string, string>>;
}

/** Builds the release and finds what runs it. */
export async function prepareJobs({ output, logs, reads, conf: own }: JobsOptions): Promise<Jobs> {
  const place = findSpark();
  const manifest = await buildRelease();
  return {
    manifest,
    run: async (job, args) => {
      const sized = await sizeSpark(place.python, reads());
      const conf = { ...manifest.spark_conf, ...sized, ...eventLog(output), ...own };
      return runSparkStep(place, { job, args, conf, log: join(logs, `${job}.log`) });
    },
  };
}

/** Builds the release of this checkout, and says so. */
export async function buildRelease(): Promise<Manifest> {
  const { buildBundle } = await import("../../release");
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
  makeFolder(directory);
  return { "spark.eventLog.enabled": "true", "spark.eventLog.dir": pathToFileURL(directory).href };
}
