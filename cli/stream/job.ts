import { availableParallelism } from "node:os";
import { join } from "node:path";
import { layout } from "../../contracts/layout";
import type { Program } from "../programs/child";
import { jobProgram } from "../spark/job-program";
import { buildRelease } from "../spark/jobs";
import { findSpark } from "../spark/place";
import { sizeSpark } from "../spark/sizing";
import type { Folders } from "./folders";

/** Milliseconds for the micro-batch that is at work, and for its commit. */
const GRACE = 120_000;

/** What a streaming job reads, and how. */
export interface JobOptions {
  readonly bootstrap: string;
  readonly datasets: readonly string[];
  /** Seconds between micro-batches. @default those of the job */
  readonly triggerSeconds?: number;
  /** Day that is closed once all its records are read, after which the job ends. @default none: it runs until it is stopped */
  readonly close?: string;
  /** Whether to go on behind records that the brokers dropped before they were read. @default false: that ends the job */
  readonly acceptLoss?: boolean;
  /** OpenSearch that the job brings live rows into. @default none */
  readonly searchUrl?: string;
  /** Settings of Spark that win over all others. @default none */
  readonly conf?: Readonly<Record<string, string>>;
}

/** Builds the release, and returns the program that runs its streaming job with Kafka's jars on the class path. */
export async function prepareStreamJob(folders: Folders, options: JobOptions): Promise<Program> {
  const place = findSpark("stream");
  const { spark_conf } = await buildRelease();
  const read = [join(folders.lake, layout.streams.live.folder)];
  const sized = await sizeSpark(place.python, read, options.close === undefined);
  const conf = { ...spark_conf, ...sized, ...smallTables(), ...smallBatches, ...options.conf };
  const log = join(folders.logs, options.close === undefined ? "job.log" : "close.log");
  return jobProgram(place, conf, [layout.jobs.stream.name, ...jobArguments(folders, options)], {
    name: "job",
    log,
    grace: GRACE,
    installedBy: "install-stream",
  });
}

const smallBatches = {
  // Planning the stages of a micro-batch one by one takes longer than it saves: they are small, and so are their shuffles.
  "spark.sql.adaptive.enabled": "false",
  // A micro-batch does not wait until the marts, which are computed beside it, have all their tasks done.
  "spark.scheduler.mode": "FAIR",
};

/** Settings for the seconds or the day of a stream on a laptop: few tasks, and memory left for broker and endpoint. */
export function smallTables(): Record<string, string> {
  return {
    "spark.sql.shuffle.partitions": String(availableParallelism()),
    "spark.driver.memory": "2g",
    // Its log is a file.
    "spark.ui.showConsoleProgress": "false",
  };
}

/** Writes the options of the streaming job as its command line has them. */
export function jobArguments(
  folders: Pick<Folders, "lake" | "checkpoint">,
  { bootstrap, datasets, triggerSeconds, close, acceptLoss = false, searchUrl }: JobOptions,
): string[] {
  const places = ["--output", folders.lake, "--checkpoint", folders.checkpoint];
  const end = close === undefined ? [] : ["--available-now", "--close", close];
  const trigger = triggerSeconds === undefined ? [] : ["--trigger-seconds", String(triggerSeconds)];
  const loss = acceptLoss ? ["--accept-loss"] : [];
  const search = searchUrl === undefined ? [] : ["--search", searchUrl];
  const read = ["--bootstrap", bootstrap, "--datasets", datasets.join(",")];
  return [...read, ...places, ...trigger, ...loss, ...search, ...end];
}
