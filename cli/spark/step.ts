import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Failure } from "../../base/failure";
import { makeFolder } from "../../base/files";
import { ended, onSignals } from "../../base/processes";
import { exitCodes } from "../../contracts/layout";
import { places, shown } from "../places";
import { JobsProgress } from "./jobs-progress";
import type { SparkPlace } from "./place";

/** One process of Spark with a job of the release, run here as EMR runs it there. */
export interface SparkStep {
  /** A job, or `pipeline`: all steps, which its log tells apart. */
  readonly job: string;
  readonly args: readonly string[];
  readonly conf: Readonly<Record<string, string>>;
  /** Where the job's whole output goes. */
  readonly log: string;
}

const TAIL_LINES = 25;
/** A JVM that was asked to end gets this long. */
const GRACE_MS = 8_000;

function submitArguments(place: SparkPlace, { job, args, conf }: SparkStep): string[] {
  const pairs = Object.entries(conf).flatMap(([key, value]) => ["--conf", `${key}=${value}`]);
  const release = places.bundle;
  const own = ["--master", "local[*]", "--driver-class-path", place.jars];
  return [...own, ...pairs, "--py-files", join(release, "etl.zip"), join(release, "main.py"), job, ...args];
}

/** Ends the whole process group: spark-submit, its JVM and its Python workers. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Ends the group on our signals; returns what stops listening and says whether one came. */
function endOnSignals(child: ChildProcess): () => boolean {
  let signals = 0;
  return onSignals(() => {
    signals += 1;
    killGroup(child, signals === 1 ? "SIGTERM" : "SIGKILL");
    if (signals === 1) setTimeout(() => killGroup(child, "SIGKILL"), GRACE_MS).unref();
  });
}

/** How a job ended that did not break. */
export interface SparkEnd {
  /** Whether the audit rejected the run: a verdict on the data, not a fault. */
  readonly rejected: boolean;
  /** Wall seconds of each job; the first one's begin with Spark's start. */
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * Runs a job to its end, shows what it is at, and keeps its output in the log.
 * @throws Failure with the end of the log when the job breaks
 */
export async function runSparkStep(place: SparkPlace, step: SparkStep): Promise<SparkEnd> {
  makeFolder(dirname(step.log));
  const progress = new JobsProgress(step.job);
  const child = spawn(place.submit, submitArguments(place, step), {
    cwd: places.build,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: sparkEnvironment(place),
  });
  const interrupted = endOnSignals(child);
  const tail = keepOutput(child, step.log, progress);
  const code = await endedWithGroup(child);
  if (interrupted()) {
    progress.failed("interrupted; the next run does not trust what it had begun");
    throw new Failure(`${progress.job} was interrupted`, undefined, exitCodes.interrupted);
  }
  const rejected = code === exitCodes.rejected;
  if (code === exitCodes.ok) progress.done();
  else progress.failed(rejected ? "rejected by the audit" : `exit code ${code}`);
  if (code === exitCodes.ok || rejected) return { rejected, seconds: progress.seconds };
  throw new Failure(`${progress.job} failed:\n${tail().join("\n")}`, `the whole log: ${shown(step.log)}`);
}

/** Spark's scripts call Python by an unquoted name: a path with a space would be two words of theirs. */
function sparkEnvironment({ path, python }: SparkPlace): NodeJS.ProcessEnv {
  // Another Spark of the machine's is not the one that is locked.
  const { SPARK_HOME: _, ...inherited } = process.env;
  const name = basename(python);
  const pythons = { PYSPARK_PYTHON: name, PYSPARK_DRIVER_PYTHON: name };
  const searched = [dirname(python), path].join(delimiter);
  return { ...inherited, ...pythons, PATH: searched, SPARK_LOCAL_IP: "127.0.0.1" };
}

/** The exit code, once all output is read; nothing of the process group is left then. */
async function endedWithGroup(child: ChildProcess): Promise<number | null> {
  try {
    return await ended(child);
  } finally {
    killGroup(child, "SIGKILL");
  }
}

/** Writes both streams into the log, shows the structured lines, and keeps the last lines for an error. */
function keepOutput(child: ChildProcess, log: string, progress: JobsProgress): () => readonly string[] {
  const file = createWriteStream(log);
  const tail: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    if (!input) continue;
    createInterface({ input }).on("line", (line) => {
      file.write(`${line}\n`);
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      progress.read(line);
    });
  }
  child.on("close", () => file.end());
  return () => tail;
}
