import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { places } from "../places";
import { wholeNumber } from "./option-values";

interface Options {
  readonly env?: string;
  readonly lake: string;
  readonly file?: string;
  readonly output?: string;
  readonly rows?: number;
}

/** `platform query`: the same SQL over the tables of this machine, and over those of an environment. */
export function register(program: Command): void {
  program
    .command("query")
    .argument("[sql]", "one SELECT in Athena's SQL (default: standard input)")
    .description("ask the published tables by SQL, here or in an environment's Athena")
    .option("--env <environment>", "the environment whose tables are asked (default: a lake on this machine)")
    .addOption(
      new Option("--lake <dir>", "root of the lake on this machine")
        .default(places.lake, "build/lake")
        .conflicts("env"),
    )
    .option("--file <file>", "read the statement from a file")
    .option("--output <file>", "write all rows to a .csv or .parquet file", outputFile)
    .option("--rows <count>", "rows to return at most (default: 100 on the terminal)", wholeNumber(1))
    .action(async (sql: string | undefined, options: Options, command: Command) => {
      if (sql !== undefined && options.file !== undefined)
        command.error("error: a statement and option '--file <file>' exclude each other");
      const { runQuery } = await import("../query/run-query");
      process.exitCode = await runQuery({
        sql,
        ...(options.file === undefined ? {} : { file: resolve(options.file) }),
        ...(options.output === undefined ? {} : { output: resolve(options.output) }),
        ...(options.rows === undefined ? {} : { rows: options.rows }),
        lake: resolve(options.lake),
        ...(options.env === undefined
          ? {}
          : {
              environment: {
                name: options.env,
                folder: program.opts<{ environments: string }>().environments,
              },
            }),
      });
    });
}

function outputFile(path: string): string {
  if (/\.(csv|parquet)$/.test(path)) return path;
  throw new InvalidArgumentError("It must end in .csv or .parquet.");
}
