import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import { Failure } from "../../base/failure";
import { makeFolder, systemFault, unwritable } from "../../base/files";
import { ended, onSignals, signalGroup } from "../../base/processes";
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
function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) signalGroup(pid, signal);
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
 * @throws Failure with what the job says itself when it breaks, or with the end of the log when it says nothing
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
  const output = keepOutput(child, step.log, progress);
  const code = await endedWithGroup(child);
  if (interrupted()) {
    progress.failed("interrupted; the next run does not trust what it had begun");
    throw new Failure(`${progress.job} was interrupted`, undefined, exitCodes.interrupted);
  }
  const rejected = code === exitCodes.rejected;
  if (code === exitCodes.ok || code === exitCodes.incomplete) progress.done();
  else progress.failed(rejected ? "rejected by the audit" : `exit code ${code}`);
  const broken = await output.written;
  if (broken !== undefined) throw unwritable(step.log, broken);
  if ([exitCodes.ok, exitCodes.incomplete, exitCodes.rejected].includes(code ?? exitCodes.failed))
    return { rejected, seconds: progress.seconds };
  throw stepFailure(progress, output.tail(), step.log);
}

/** Why a job broke: its own sentence, or the end of its output. */
function stepFailure({ job, reason }: JobsProgress, tail: readonly string[], log: string): Failure {
  const why = reason === undefined ? `:\n${tail.join("\n")}` : `: ${reason}`;
  const found = systemFault([reason ?? "", ...tail].join("\n"));
  const remedy = `the whole log: ${shown(log)}`;
  return new Failure(`${job} failed${why}`, found === undefined ? remedy : `${found.remedy}; ${remedy}`);
}

/** The environment of Spark's processes. Its scripts call Python by an unquoted name: a path with a space would be two words. */
export function sparkEnvironment({ path, python }: SparkPlace): NodeJS.ProcessEnv {
  // Another Spark of the machine's is not the one that is locked.
  const { SPARK_HOME: _, ...inherited } = process.env;
  const name = basename(python);
  const pythons = { PYSPARK_PYTHON: name, PYSPARK_DRIVER_PYTHON: name };
  const searched = [dirname(python), path].join(delimiter);
  // Java writes names of files by the locale (JEP 400, `sun.jnu.encoding`), and none but this is on every machine.
  return { ...inherited, ...pythons, LC_ALL: "C.UTF-8", PATH: searched, SPARK_LOCAL_IP: "127.0.0.1" };
}

/** The exit code, once all output is read; nothing of the process group is left then. */
async function endedWithGroup(child: ChildProcess): Promise<number | null> {
  try {
    return await ended(child);
  } finally {
    killGroup(child, "SIGKILL");
  }
}

/** What a process has put out. */
interface Output {
  /** Its last lines. */
  readonly tail: () => readonly string[];
  /** Waits for the log; why it could not be written, undefined when it was. */
  readonly written: Promise<Error | undefined>;
}

/** Writes both streams into the log, shows the structured lines, and keeps the last ones for an error. */
function keepOutput(child: ChildProcess, log: string, progress: JobsProgress): Output {
  const file = createWriteStream(log);
  const tail: string[] = [];
  // A job whose output is lost must not go on.
  file.on("error", () => killGroup(child, "SIGTERM"));
  const written = finished(file).then(
    () => undefined,
    (error: Error) => error,
  );
  for (const input of [child.stdout, child.stderr]) {
    if (!input) continue;
    createInterface({ input }).on("line", (line) => {
      if (!file.destroyed) file.write(`${line}\n`);
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      progress.read(line);
    });
  }
  child.on("close", () => file.end());
  return { tail: () => tail, written };
}
