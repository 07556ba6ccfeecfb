import { type Command, InvalidArgumentError } from "commander";
import { Failure } from "../../base/failure";
import { layout } from "../../contracts/layout";
import { printJson } from "../json-output";
import { environmentOption } from "./environment-option";

interface Options {
  readonly env: string;
  readonly at: Date;
  readonly list?: boolean;
  readonly yes?: boolean;
  readonly json: boolean;
}

/** `platform restore`: makes objects of the lake what they were at a moment, from their versions. */
export function register(program: Command): void {
  program
    .command("restore")
    .description("put objects of the data bucket back to what they were at a moment")
    .argument("<prefix>", `the object, or the beginning of many: ${layout.pointers.published.key}`)
    .addOption(environmentOption())
    .requiredOption("--at <moment>", "UTC, for example 2026-01-31T06:00:00Z", moment)
    .option("--list", "say what would be put back and change nothing")
    .option("--json", "with --list: print it as JSON", false)
    .option("--yes", "go on without being asked")
    .action(async (prefix: string, options: Options) => {
      const { loadChecked, pickEnvironment } = await import("../environments");
      const { listRestorations, restoreEnvironment } = await import("../restore/restore-environment");
      const config = pickEnvironment(await loadChecked(program.opts().environments), options.env);
      if (options.json && options.list !== true)
        throw new Failure("--json is for --list", "add --list, or leave out --json");
      if (options.json) return printJson(() => listRestorations(config, prefix, options.at));
      await restoreEnvironment(config, prefix, options);
    });
}

function moment(text: string): Date {
  const parsed = new Date(text);
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(text);
  // JavaScript reads 30 February as a day in March.
  if (isMoment && parsed > new Date()) throw new InvalidArgumentError("It must not be in the future.");
  if (isMoment && parsed.toJSON()?.startsWith(text.slice(0, -1))) return parsed;
  throw new InvalidArgumentError("It must be a moment in UTC, written YYYY-MM-DDTHH:MM:SSZ.");
}
