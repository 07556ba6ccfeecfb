import { Failure } from "../../base/failure";
import { plural } from "../../base/text";

/** One error in one contract. */
export interface ContractProblem {
  /** Path of the file, as the user knows it. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** For example `schema[orders].properties[quantity].logicalTypeOptions.minimum`; empty for the file as a whole. */
  readonly path: string;
  /** The value found there; `undefined` when there is none. */
  readonly value: unknown;
  /** What is wrong, as a sentence whose subject is the value. */
  readonly message: string;
  /** What to do about it, as an instruction. */
  readonly remedy: string;
}

/** Everything that is wrong with the contracts; its message is the formatted list. */
export class ContractError extends Failure {
  constructor(readonly problems: readonly ContractProblem[]) {
    super(formatContractProblems(problems));
  }
}

/** @throws ContractError with the problems noted in files, by file and line, where there are any */
export function throwProblems(files: readonly { readonly problems: readonly ContractProblem[] }[]): void {
  const problems = files.flatMap((file) => [...file.problems].sort((a, b) => a.line - b.line));
  if (problems.length > 0) throw new ContractError(problems);
}

/** Two lines for each problem, by file and line, and their number. */
export function formatContractProblems(problems: readonly ContractProblem[]): string {
  const count = `${plural(problems.length, "problem")} in the data contracts`;
  return [...problems.map(formatProblem), count].join("\n\n");
}

function formatProblem({ file, line, path, value, message, remedy }: ContractProblem): string {
  const found = isShown(value) ? ` = ${formatValue(value)}` : "";
  return `${`${file}:${line}  ${path}${found}`.trimEnd()}\n    ${message}; ${remedy}`;
}

/** A whole part of the contract says less than its place does. */
function isShown(value: unknown): boolean {
  return (
    value !== undefined &&
    (typeof value !== "object" || (Array.isArray(value) && value.every((item) => typeof item !== "object")))
  );
}

/** Cut to one line: the place says where the whole of it is. */
function formatValue(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
