import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Failure } from "../../base/failure";
import { ended, onSignals } from "../../base/processes";
import { exitCodes } from "../../contracts/layout";
import { writeTargets } from "../contract/compile";
import { places, shown } from "../places";

/** A statement, the tables that it is asked of, and where its rows go. */
export interface Query {
  /** The statement; undefined for the file, or else standard input. */
  readonly sql: string | undefined;
  readonly file?: string;
  /** Root of the lake on this machine; an environment takes its place. */
  readonly lake: string;
  readonly environment?: { readonly name: string; readonly folder: string };
  /** A .csv or .parquet file. @default a table on the terminal */
  readonly output?: string;
  /** Rows at most. @default 100 on the terminal, all of them in a file */
  readonly rows?: number;
}

/**
 * Asks a statement and prints its rows, or writes them to a file.
 *
 * @returns the exit code
 * @throws Failure when nothing is installed, the statement cannot be read, or there is no such environment
 */
export async function runQuery(query: Query): Promise<number> {
  if (!existsSync(places.explorePython))
    throw new Failure(
      `${shown(places.explorePython)} is not there: SQL is answered by its packages`,
      "run `make install-explore`",
    );
  const sql = await readStatement(query);
  const contracts = join(places.explore, "contracts");
  writeTargets("contracts", contracts);
  const args = [
    "-m",
    "explore.query",
    "--contracts",
    contracts,
    ...(await tablesOf(query)),
    ...rowsOf(query),
  ];
  return ask(args, sql);
}

async function readStatement({ sql, file }: Query): Promise<string> {
  if (sql !== undefined) return sql;
  if (file !== undefined) return readFile(file);
  if (process.stdin.isTTY)
    throw new Failure("there is no statement", 'write one: ./platform query "select 1", or --file <file>');
  return text(process.stdin);
}

function readFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Failure(`${shown(file)}: cannot be read: ${(error as Error).message}`, "name a file with SQL");
  }
}

/** Options that say which tables are asked. */
async function tablesOf({ lake, environment }: Query): Promise<string[]> {
  if (environment === undefined) return ["--lake", lake];
  const { loadChecked, pickEnvironment } = await import("../environments");
  const { databasePrefixOf, namesOf, workgroupOf } = await import("../../stacks/core/names");
  const config = pickEnvironment(await loadChecked(environment.folder), environment.name);
  const names = namesOf(config);
  return [
    ...["--workgroup", workgroupOf(names)],
    ...["--database-prefix", databasePrefixOf(names)],
    ...["--region", config.region],
  ];
}

function rowsOf({ output, rows }: Query): string[] {
  return [
    ...(output === undefined ? [] : ["--output", output]),
    ...(rows === undefined ? [] : ["--rows", String(rows)]),
  ];
}

async function ask(args: readonly string[], sql: string): Promise<number> {
  const child = spawn(places.explorePython, args, {
    stdio: ["pipe", "inherit", "inherit"],
    env: {
      ...process.env,
      PYTHONPATH: join(places.root, "services", "explore"),
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  // The terminal signals both processes; what is sent to this one alone is passed on. An interrupted query is cancelled.
  const release = onSignals(() => {
    if (!process.stdin.isTTY) child.kill("SIGINT");
  });
  // A process that ended before it has read everything says why itself.
  child.stdin.on("error", () => undefined);
  child.stdin.end(sql);
  try {
    return (await ended(child)) ?? exitCodes.interrupted;
  } finally {
    release();
  }
}
