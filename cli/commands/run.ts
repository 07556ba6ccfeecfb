import { dirname, join, resolve } from "node:path";
import { type Command, Option } from "commander";
import type { PipelineOptions } from "../pipeline/run-pipeline";
import { places } from "../places";
import { calendarDay, setting, wholeNumber } from "./option-values";

/** Day of the synthetic batch, so that a demo is the same on every day. */
const SYNTHETIC_DAY = "2026-01-31";

interface Options {
  readonly rows: number;
  readonly seed: number;
  readonly runDate?: string;
  readonly follows?: string;
  readonly output?: string;
  readonly input?: string;
  readonly data?: string;
  readonly contract?: string;
  readonly replay?: string;
  readonly conf?: Readonly<Record<string, string>>;
  readonly report: string;
}

/** `platform run`: the whole pipeline on this machine, by the release's own jobs. */
export function register(program: Command): void {
  program
    .command("run")
    .description(
      "run the pipeline here, on synthetic data or yours, with the jobs and Spark settings that EMR gets",
    )
    .option("--rows <count>", "orders to generate", wholeNumber(1000), 5_000_000)
    .option("--seed <number>", "the same seed gives the same rows", wholeNumber(0), 42)
    .option(
      "--run-date <date>",
      "day of the batch (default: 2026-01-31, and today in UTC for --data)",
      calendarDay,
    )
    .addOption(
      new Option("--follows <date>", "continue the batch of that day: new, late, changed and resent orders")
        .argParser(calendarDay)
        .conflicts("input"),
    )
    .option("--output <dir>", "root of the lake (default: build/lake, and build/data for --data)")
    .option("--input <dir>", "raw data that is there already, instead of a synthetic batch")
    .addOption(
      new Option("--data <path>", "any CSV, JSON lines or Parquet: a file, or a folder of files").conflicts([
        "input",
        "follows",
      ]),
    )
    .option(
      "--contract <path>",
      "contract of --data, or a folder of them (default: inferred, beside the report); corrected ones for --replay",
    )
    .addOption(
      new Option("--replay <run>", "judge the quarantined rows of an earlier run anew").conflicts([
        "input",
        "data",
        "follows",
      ]),
    )
    .option(
      "--conf <setting>",
      "a setting of Spark, key=value, that wins over the derived ones; may be given several times",
      setting,
    )
    .addOption(
      new Option("--report <file>", "where the report goes").default(places.report, "build/report.html"),
    )
    .action(async (options: Options, command: Command) => {
      if (options.contract !== undefined && options.data === undefined && options.replay === undefined)
        command.error("error: option '--contract <path>' needs option '--data <path>' or '--replay <run>'");
      const { runPipeline } = await import("../pipeline/run-pipeline");
      const { concludeRun } = await import("../pipeline/conclude-run");
      const { findReplayed } = await import("../pipeline/replayed-run");
      const replayed = options.replay === undefined ? {} : findReplayed(options.replay, options.output);
      const run = await runPipeline(pipelineOptions({ ...replayed, ...options }));
      await concludeRun(run, resolve(options.report));
    });
}

function pipelineOptions({ rows, seed, follows, conf, ...options }: Options): PipelineOptions {
  const { output, runDate, input, report } = options;
  const own = {
    ...{ rows, seed },
    ...(follows === undefined ? {} : { follows }),
    ...replayOptions(options),
    ...(conf === undefined ? {} : { conf }),
  };
  if (options.data === undefined)
    return {
      ...own,
      input: input === undefined ? undefined : resolve(input),
      output: resolve(output ?? places.lake),
      runDate: runDate ?? SYNTHETIC_DAY,
    };
  return {
    ...own,
    input: undefined,
    output: resolve(output ?? places.data),
    runDate: runDate ?? new Date().toISOString().slice(0, 10),
    data: {
      path: resolve(options.data),
      contract: options.contract === undefined ? undefined : resolve(options.contract),
      proposals: join(dirname(resolve(report)), "contracts"),
    },
  };
}

function replayOptions({ replay, contract }: Pick<Options, "replay" | "contract">) {
  if (replay === undefined) return {};
  return { replay, ...(contract === undefined ? {} : { corrected: resolve(contract) }) };
}
