import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { places } from "../places";

interface Options {
  readonly history?: string;
  readonly report: string;
}

/** `platform report`: the page of a run that is over, as `run` writes it of its own. */
export function register(program: Command): void {
  program
    .command("report")
    .description("write the report of a run that is over, on AWS too, from its results")
    .argument("<results>", "results.json of the run")
    .option("--history <file>", "what the metadata store lists as JSON: usage, cost and earlier runs")
    .addOption(
      new Option("--report <file>", "where the report goes").default(places.report, "build/report.html"),
    )
    .action(async (results: string, { history, report }: Options) => {
      const { renderRun } = await import("../pipeline/render-run");
      await renderRun(resolve(results), history && resolve(history), resolve(report));
    });
}
