import { Failure } from "../base/failure";
import { plural } from "../base/text";

/** A place in an environment: keys and list positions from the top of the file. */
export type Path = readonly (string | number)[];

/** What is wrong at a place, before it is known where in the file that place is. */
export interface Finding {
  readonly path: Path;
  /** What is wrong, as a sentence whose subject is the value: "is outside …". */
  readonly message: string;
  /** What would be right, as an instruction: "use …". */
  readonly allowed: string;
}

/** How a rule tells what it found. */
export type Report = (path: Path, message: string, allowed: string) => void;

/** One error in one file. */
export interface Problem {
  readonly file: string;
  /** Counted from 1; 0 when the problem is the file's as a whole. */
  readonly line: number;
  /** For example `network.private_subnets.b.cidr`; empty when the problem is the file's as a whole. */
  readonly path: string;
  /** The value found there; `undefined` when there is none. */
  readonly value: unknown;
  /** True when the file does not set the value, and it is the schema's default that does not fit. */
  readonly defaulted: boolean;
  readonly message: string;
  readonly allowed: string;
}

/** Everything that is wrong with the environments that were asked for; its message is the formatted list. */
export class ConfigurationError extends Failure {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(formatProblems(problems));
    this.problems = problems;
  }
}

/** Something in a file that is not a literal: kept as its source text, so that errors can show it as it was written. */
export class HclExpression {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** Writes a place the way one writes it in HCL: `orchestration.notification_emails[1]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}

/** Writes a value as in HCL; maps are cut to their keys and long texts shortened, to keep an error on one line. */
export function formatValue(value: unknown): string {
  if (value instanceof HclExpression) return shorten(value.source.replace(/\s+/g, " "));
  if (Array.isArray(value)) return shorten(`[${value.map(formatValue).join(", ")}]`);
  if (typeof value === "object" && value !== null) return shorten(formatMap(Object.keys(value)));
  return shorten(JSON.stringify(value));
}

/** A map of these entries as in HCL. */
export function formatMap(entries: readonly string[]): string {
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/**
 * Two lines for each problem, by file and line, and their number.
 *
 * @param kind what they are called. @default `problem`
 */
export function formatProblems(problems: readonly Problem[], kind = "problem"): string {
  const files = new Set(problems.map((problem) => problem.file)).size;
  const count = `${plural(problems.length, kind)} in ${plural(files, "file")}`;
  return [...problems.map(formatProblem), count].join("\n\n");
}

function formatProblem({ file, line, path, value, defaulted, message, allowed }: Problem): string {
  const place = line === 0 ? file : `${file}:${line}`;
  const assigned = value === undefined ? "" : ` = ${formatValue(value)}${defaulted ? " (the default)" : ""}`;
  return `${`${place}  ${path}${assigned}`.trimEnd()}\n    ${message}; ${allowed}`;
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
