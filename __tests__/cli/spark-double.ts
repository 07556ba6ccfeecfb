import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Evidence } from "../../contracts/compiler/propose";
import { cars, trips } from "../release/support/evidence";
import { published, rejected } from "../report/fixture";

/** The Python that the pipeline has, with the packages of the metadata store. */
const sparkPython = join(__dirname, "..", "..", ".venv", "etl", "bin", "python");

const REAL_PYTHON = `exec "${sparkPython}" "$@"`;

/** How the job called `job` is to end; all others succeed. */
export type Behaviour = "succeeds" | "breaks" | "explains" | "rejects" | "leaves out" | "hangs";

/** A spark-submit that writes down how it was called and answers as a job would, without Spark. */
export class SparkDouble {
  private readonly bin: string;

  constructor(private readonly home: string) {
    this.bin = join(home, "bin");
    mkdirSync(this.bin);
    writeFileSync(join(home, "published.json"), JSON.stringify(published));
    writeFileSync(join(home, "rejected.json"), JSON.stringify(rejected));
    this.sees({});
    const script = join(this.bin, "spark-submit");
    writeFileSync(script, SCRIPT);
    chmodSync(script, 0o755);
    this.pythonIs(REAL_PYTHON);
  }

  /** Environment of a `platform run` that meets this double. */
  environment(job = "", behaviour: Behaviour = "succeeds"): Record<string, string> {
    return {
      PLATFORM_SPARK_PYTHON: join(this.bin, "python"),
      DOUBLE_HOME: this.home,
      DOUBLE_JOB: job,
      DOUBLE_BEHAVIOUR: behaviour,
    };
  }

  /** From now on the job `infer` sees this. */
  sees(evidence: Partial<Evidence>): void {
    const seen = { schema_version: 1, datasets: [cars, trips], left_out: [], ...evidence };
    writeFileSync(join(this.home, "evidence.json"), JSON.stringify(seen));
  }

  /** From now on the Python beside it fails with the metadata store. */
  storeBreaks(): void {
    const broken = 'echo "Traceback" >&2; echo "OSError: the disk is gone" >&2; exit 1';
    this.pythonIs(`case "$*" in *platform_metadata*) ${broken};; esac\n${REAL_PYTHON}`);
  }

  private pythonIs(script: string): void {
    const python = join(this.bin, "python");
    writeFileSync(python, `#!/bin/sh\n${script}\n`);
    chmodSync(python, 0o755);
  }

  /** The arguments of each call. */
  get calls(): string[][] {
    const lines = readFileSync(join(this.home, "calls"), "utf8").trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line));
  }

  /** Id of the process that a job that hangs has started. */
  get worker(): number {
    return Number(readFileSync(join(this.home, "worker"), "utf8"));
  }
}

const SCRIPT = `#!/usr/bin/env node
const { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { spawn } = require("node:child_process");
const { DOUBLE_HOME: home, DOUBLE_JOB, DOUBLE_BEHAVIOUR } = process.env;
const args = process.argv.slice(2);
const asked = args[args.findIndex((arg) => arg.endsWith("main.py")) + 1];
const option = (name) => args[args.indexOf(name) + 1];
writeFileSync(home + "/locale", process.env.LC_ALL ?? "");
appendFileSync(home + "/calls", JSON.stringify(args) + "\\n");
const leave = (results) => {
  const folder = option("--output") + "/runs/run=" + option("--run-id");
  mkdirSync(folder, { recursive: true });
  copyFileSync(home + "/" + results, folder + "/results.json");
};
const end = (job) => {
  const log = (content) => console.error(JSON.stringify({ level: "INFO", job, ...content }));
  const behaviour = job === DOUBLE_JOB ? DOUBLE_BEHAVIOUR : "succeeds";
  log({ message: "started", stage: "work of " + job });
  if (behaviour === "hangs") {
    process.on("SIGTERM", () => undefined);
    const worker = spawn("sleep", ["600"], { stdio: "inherit" });
    writeFileSync(home + "/worker", String(worker.pid));
    log({ message: "hanging" });
    return false;
  }
  if (behaviour === "explains") {
    log({ level: "ERROR", message: "failed", reason: "orders: of another shape", exc_info: "Traceback" });
    process.exitCode = 1;
    return false;
  }
  if (behaviour === "breaks") {
    console.error("ValueError: the disk is full");
    process.exitCode = 1;
    return false;
  }
  log({ message: "finished", stage: "work of " + job, rows: 1234567, seconds: 1.5 });
  if (behaviour === "rejects") {
    leave("rejected.json");
    process.exitCode = 3;
    return false;
  }
  if (behaviour === "leaves out") {
    const results = JSON.parse(readFileSync(home + "/published.json"));
    const left_out = [{ dataset: "strange", reason: "there is no contract for it" }];
    writeFileSync(home + "/incomplete.json", JSON.stringify({ ...results, left_out }));
    leave("incomplete.json");
    process.exitCode = 4;
    return false;
  }
  if (job === "marts") leave("published.json");
  else if (job === "infer") copyFileSync(home + "/evidence.json", option("--output"));
  return true;
};
console.error("26/01/31 12:00:00 WARN Utils: not structured");
(asked === "pipeline" ? ["ingest", "curate", "marts"] : [asked]).every(end);
`;
