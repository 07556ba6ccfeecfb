import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { places } from "../places";

interface Options {
  readonly rows: number;
  readonly seed: number;
  readonly runDate: string;
  readonly follows?: string;
  readonly output: string;
  readonly input?: string;
  readonly report: string;
}

/** `platform run`: the whole pipeline on this machine, by the release's own jobs. */
export function register(program: Command): void {
  program
    .command("run")
    .description("run the pipeline here, on synthetic data, with the jobs and Spark settings that EMR gets")
    .option("--rows <count>", "orders to generate", wholeNumber(1000), 5_000_000)
    .option("--seed <number>", "the same seed gives the same rows", wholeNumber(0), 42)
    .option("--run-date <date>", "day of the batch, YYYY-MM-DD", calendarDay, "2026-01-31")
    .addOption(
      new Option("--follows <date>", "continue the batch of that day: new, late, changed and resent orders")
        .argParser(calendarDay)
        .conflicts("input"),
    )
    .addOption(new Option("--output <dir>", "root of the lake").default(places.lake, "build/lake"))
    .option("--input <dir>", "raw data that is there already, instead of a synthetic batch")
    .addOption(
      new Option("--report <file>", "where the report goes").default(places.report, "build/report.html"),
    )
    .action(async (options: Options) => {
      const { runPipeline } = await import("../pipeline/run-pipeline");
      const { concludeRun } = await import("../pipeline/conclude-run");
      const input = options.input === undefined ? undefined : resolve(options.input);
      const run = await runPipeline({ ...options, input, output: resolve(options.output) });
      await concludeRun(run, resolve(options.report));
    });
}

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
  };
}

function calendarDay(text: string): string {
  const day = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && day.toJSON()?.startsWith(text)) return text;
  throw new InvalidArgumentError("It must be a day of the calendar, written YYYY-MM-DD.");
}
