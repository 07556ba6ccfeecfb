import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { Failure } from "../../base/failure";
import { shown } from "../places";
import { askExplore, requireExplore } from "./ask-explore";

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
  requireExplore("SQL is answered by its packages");
  const sql = await readStatement(query);
  return askExplore("query", [...(await tablesOf(query)), ...rowsOf(query)], sql);
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
