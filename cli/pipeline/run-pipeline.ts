import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../base/failure";
import { writeWhole } from "../../base/files";
import { layout, recordKey } from "../../contracts/layout";
import type { LeftOut } from "../contract/infer";
import { shown } from "../places";
import { type Jobs, prepareJobs } from "../spark/jobs";
import { processorClock } from "../spark/processor-time";
import { compileGiven, contractsGiven, type DataOptions, prepareContracts } from "./data-contracts";
import { rawFolder, readBy } from "./read-by";

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
  /** Data of any kind, instead of the platform's own. @default none */
  readonly data?: DataOptions;
  /** Earlier run whose quarantined rows are judged anew, instead of any input. @default none */
  readonly replay?: string;
  /** Corrected contracts for the replay of data of any kind. @default those of the earlier run */
  readonly corrected?: string;
  /** Settings of Spark that win over the release's and the derived ones. @default none */
  readonly conf?: Readonly<Record<string, string>>;
}

/** What a run leaves: a rejected run has results too. */
export interface PipelineRun {
  readonly runId: string;
  readonly release: string;
  /** Wall seconds of each job; the first one of a process begins with Spark's start. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Processor seconds of the steps, where the system tells. */
  readonly processorSeconds: number | undefined;
  /** Root of the lake. */
  readonly lake: string;
  readonly results: string;
  readonly logs: string;
  readonly rejected: boolean;
  /** Where the contracts of data of any kind are; undefined for the platform's own data. */
  readonly contracts: string | undefined;
  /** Datasets that are in the data and not in the run. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Runs the pipeline here with what EMR runs: the release's jobs with the manifest's Spark settings. Master, sizes and the
 * event log's place are this machine's, and the steps share one Spark, which starts once and is warm for the later ones.
 * @throws Failure when a job breaks; a run that its audit rejects is returned
 */
export async function runPipeline(options: PipelineOptions): Promise<PipelineRun> {
  requireSources(options);
  const runId = newRunId();
  const logs = join(options.output, "logs", runId);
  const { manifest, run } = await prepareJobs({
    output: options.output,
    logs,
    reads: () => readBy(options),
    ...(options.conf === undefined ? {} : { conf: options.conf }),
  });
  const seconds: Record<string, number> = {};
  const timed: Jobs["run"] = async (job, args) => {
    const ended = await run(job, args);
    Object.assign(seconds, ended.seconds);
    return ended;
  };
  const { input, contracts, leftOut } = await inputOf(options, runId, timed);
  const common = [...input, "--output", options.output, "--run-date", options.runDate];
  const args = [...common, "--run-id", runId, "--release", manifest.release];
  const results = join(options.output, recordKey(runId, "results"));
  const attempt = { runId, release: manifest.release, lake: options.output, results, logs };
  const processor = processorClock();
  const { rejected } = await timed(layout.jobs.pipeline.name, args);
  if (!existsSync(results)) throw new Failure(`the jobs ended well, but ${results} is not there`);
  return { ...attempt, seconds, processorSeconds: processor(), rejected, contracts, leftOut };
}

/** Before a release is built: what should be read is there. */
function requireSources({ data, input }: PipelineOptions): void {
  for (const path of [data?.path, input]) {
    if (path === undefined || existsSync(path)) continue;
    throw new Failure(`${shown(path)}: there is no such file or folder`, "name a file, or a folder of files");
  }
}

/** What the jobs are given to read, the contracts that people know it by, and what is in neither. */
interface Input {
  readonly input: string[];
  readonly contracts: string | undefined;
  readonly leftOut: readonly LeftOut[];
}

/** Quarantined rows, data of any kind with its contracts, raw data that is there, or a batch made now. */
async function inputOf(options: PipelineOptions, runId: string, run: Jobs["run"]): Promise<Input> {
  const file = join(options.output, "contracts", `${runId}.json`);
  if (options.replay !== undefined) return replayed(options.output, options.replay, options.corrected, file);
  if (options.data !== undefined) {
    const leftOut = await prepareContracts(options.data, file, run);
    const contracts = options.data.contract ?? options.data.proposals;
    return { input: ["--input", options.data.path, "--contracts", file], contracts, leftOut };
  }
  const raw = rawFolder(options);
  if (options.input === undefined) await run(layout.jobs.generate.name, generation(options, raw));
  return { input: ["--input", raw], contracts: undefined, leftOut: [] };
}

/**
 * The contracts of data of any kind are those that the run was given, which lie in its lake, or corrected ones.
 *
 * @param file where this run's contracts go, so that it can be replayed, too
 */
function replayed(lake: string, run: string, corrected: string | undefined, file: string): Input {
  const input = ["--input", lake, "--replay", run];
  const earlier = join(lake, "contracts", `${run}.json`);
  const before = contractsGiven(earlier);
  if (before === undefined) {
    if (corrected === undefined) return { input, contracts: undefined, leftOut: [] };
    throw new Failure(
      `--contract ${shown(corrected)}: run ${run} is of the platform's own data`,
      "correct contracts/datasets/, and leave --contract out",
    );
  }
  if (corrected === undefined) writeWhole(file, JSON.stringify(before));
  const leftOut = corrected === undefined ? [] : compileGiven(corrected, file, before);
  return { input: [...input, "--contracts", file], contracts: corrected ?? earlier, leftOut };
}

/** The generator keeps a batch that is there, complete and made from the same options. */
function generation({ rows, seed, runDate, follows }: PipelineOptions, raw: string): string[] {
  const batch = ["--output", raw, "--rows", String(rows), "--seed", String(seed), "--run-date", runDate];
  return follows === undefined ? batch : [...batch, "--follows", follows];
}

/** An attempt's name, used once: the moment, and enough chance for two runs in one second. */
function newRunId(): string {
  const moment = new Date().toISOString().replace(/[-:]/g, "").replace(/\.\d+/, "");
  return `local-${moment}-${randomBytes(2).toString("hex")}`;
}
