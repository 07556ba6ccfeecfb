import { readFile } from "node:fs/promises";
import Ajv, { type ErrorObject } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { Failure } from "../base/failure";
import type { RunResults } from "../contracts/run-results";
import schema from "../contracts/run-results.schema.json";

/** Results that cannot be rendered: every problem with its file, place, value and remedy. */
export class ResultsError extends Failure {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

let compiled: ReturnType<Ajv["compile"]> | undefined;

function validator(): ReturnType<Ajv["compile"]> {
  compiled ??= addFormats(new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true })).compile(schema);
  return compiled;
}

/** `/datasets/2/name` as one writes it in a program: `datasets[2].name`. */
function placeOf(error: ErrorObject): string {
  const { missingProperty, additionalProperty } = error.params;
  const member = missingProperty ?? additionalProperty;
  const pointer = member === undefined ? error.instancePath : `${error.instancePath}/${member}`;
  return (
    pointer
      .slice(1)
      .replace(/\/(\d+)/g, "[$1]")
      .replaceAll("/", ".") || "the whole file"
  );
}

function foundBy(error: ErrorObject): string {
  if (error.keyword === "required") return "missing";
  const { additionalProperty } = error.params;
  const data = error.data as Record<string, unknown>;
  const value = additionalProperty === undefined ? data : data[additionalProperty];
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function expectationOf(error: ErrorObject): string {
  if (error.keyword === "required") return "the schema requires it";
  if (error.keyword === "additionalProperties") return "the schema does not know it";
  if (error.keyword === "enum") return `must be one of ${error.params.allowedValues.join(", ")}`;
  if (error.keyword === "const") return `must be ${JSON.stringify(error.params.allowedValue)}`;
  return error.message ?? error.keyword;
}

function remedyFor(error: ErrorObject): string {
  return error.instancePath === "/schema_version"
    ? "render these results with the release that wrote them, or run the pipeline again"
    : "make the job write what contracts/run-results.schema.json says, then run the pipeline again";
}

function problem(file: string, error: ErrorObject): string {
  return `${file}: ${placeOf(error)}: ${foundBy(error)}: ${expectationOf(error)}; ${remedyFor(error)}`;
}

/** What the schema cannot say: each row of a mart's sample has one cell for each column. */
function raggedRows(file: string, results: RunResults): readonly string[] {
  return results.marts.flatMap(({ columns, sample }, mart) =>
    sample.flatMap((row, index) =>
      row.length === columns.length
        ? []
        : `${file}: marts[${mart}].sample[${index}]: ${row.length} cells: must be ${columns.length}, one for each column; ` +
          "make the job write the cells in the order of columns, then run the pipeline again",
    ),
  );
}

/**
 * Takes parsed JSON for the results of a run.
 *
 * @param file names the source in errors.
 * @throws ResultsError with all problems when the value is not what contracts/run-results.schema.json says.
 */
export function parseResults(value: unknown, file: string): RunResults {
  const validate = validator();
  if (!validate(value)) throw new ResultsError((validate.errors ?? []).map((error) => problem(file, error)));
  const results = value as RunResults;
  const ragged = raggedRows(file, results);
  if (ragged.length > 0) throw new ResultsError(ragged);
  return results;
}

/**
 * Reads runs/run=<id>/results.json.
 *
 * @throws ResultsError when the file is not there, is no JSON, or is not what the schema says.
 */
export async function readResults(file: string): Promise<RunResults> {
  const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new ResultsError([
      `${file}: cannot be read (${cause.code}); run the pipeline first: ./platform run`,
    ]);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ResultsError([`${file}: is not JSON (${(cause as Error).message}); run the pipeline again`]);
  }
  return parseResults(value, file);
}
