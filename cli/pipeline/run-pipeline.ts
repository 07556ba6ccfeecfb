import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Manifest } from "../../bundle";
import { Failure } from "../failure";
import { places } from "../places";
import { Progress } from "./progress";
import { findSpark } from "./spark-place";
import { REJECTED, runSparkStep } from "./spark-step";

/** What the local run is asked to do. */
export interface PipelineOptions {
  /** Orders to generate; customers and products follow from them. */
  readonly rows: number;
  /** The same seed gives the same rows. */
  readonly seed: number;
  /** Day of the batch, YYYY-MM-DD. */
  readonly runDate: string;
  /** Day of the synthetic batch that this one continues. @default none: a history of its own */
  readonly follows?: string;
  /** Root of the lake. */
  readonly output: string;
  /** Raw data that is there already, instead of a synthetic batch. */
  readonly input: string | undefined;
}

/** What a run leaves: a rejected run has results too. */
export interface PipelineRun {
  readonly runId: string;
  readonly release: string;
  /** Wall seconds of each job, Spark's start included. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Root of the lake. */
  readonly lake: string;
  readonly results: string;
  readonly logs: string;
  readonly rejected: boolean;
}

/**
 * Runs the pipeline here as EMR runs it: the release's jobs, in the manifest's order, with the manifest's Spark
 * settings. Only master, memory and the event log's place are this machine's.
 * @throws Failure when a job breaks; a run that its audit rejects is returned
 */
export async function runPipeline(options: PipelineOptions): Promise<PipelineRun> {
  const place = findSpark();
  const manifest = await build();
  const runId = newRunId();
  const logs = join(options.output, "logs", runId);
  const conf = { ...manifest.spark_conf, ...eventLog(options.output) };
  const input = options.input ?? join(options.output, "raw");
  const run = (job: string, args: readonly string[]): ReturnType<typeof runSparkStep> =>
    runSparkStep(place, { job, args, conf, log: join(logs, `${job}.log`) });
  const seconds: Record<string, number> = {};
  if (options.input === undefined)
    seconds.generate = (await run("generate", generation(options, input))).seconds;
  const common = ["--input", input, "--output", options.output, "--run-date", options.runDate];
  const args = [...common, "--run-id", runId, "--release", manifest.release];
  const results = join(options.output, "runs", `run=${runId}`, "results.json");
  const attempt = { runId, release: manifest.release, lake: options.output, results, logs };
  for (const step of manifest.steps) {
    const ended = await run(step, args);
    seconds[step] = ended.seconds;
    if (ended.code === REJECTED) return { ...attempt, seconds, rejected: true };
  }
  if (!existsSync(results)) throw new Failure(`the jobs ended well, but ${results} is not there`);
  return { ...attempt, seconds, rejected: false };
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

/** The generator keeps a batch that is there, complete and made from the same options. */
function generation({ rows, seed, runDate, follows }: PipelineOptions, raw: string): string[] {
  const batch = ["--output", raw, "--rows", String(rows), "--seed", String(seed), "--run-date", runDate];
  return follows === undefined ? batch : [...batch, "--follows", follows];
}

/** Event logs lie below the lake as they do in the logs bucket, for Spark's history server. */
function eventLog(output: string): Record<string, string> {
  const directory = join(output, "logs", "spark-events");
  mkdirSync(directory, { recursive: true });
  return { "spark.eventLog.enabled": "true", "spark.eventLog.dir": pathToFileURL(directory).href };
}

/** An attempt's name, used once: the moment, and enough chance for two runs in one second. */
function newRunId(): string {
  const moment = new Date().toISOString().replace(/[-:]/g, "").replace(/\.\d+/, "");
  return `local-${moment}-${randomBytes(2).toString("hex")}`;
}
