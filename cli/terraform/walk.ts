import pc from "picocolors";
import { Failure } from "../../base/failure";
import { exitCodes } from "../../contracts/layout";
import { table } from "../table";

/** What became of one step. */
export interface Outcome {
  readonly word:
    | "found"
    | "planned"
    | "unchanged"
    | "waits"
    | "applied"
    | "published"
    | "destroyed"
    | "absent"
    | "declined";
  readonly detail: string;
}

/** One stack's turn, or what has to happen between two. */
export interface Step {
  readonly name: string;
  readonly run: () => Promise<Outcome>;
}

interface Row {
  readonly name: string;
  readonly word: Outcome["word"] | "failed" | "not reached";
  readonly detail: string;
  readonly seconds: number | undefined;
}

/** A finished walk: its rows, and the failure that ended it early. */
export interface Walk {
  readonly rows: readonly Row[];
  readonly failure: unknown;
}

/** Takes the steps one after the other; the first that fails, or is declined, is the last one taken. */
export async function walk(steps: readonly Step[]): Promise<Walk> {
  const rows: Row[] = [];
  let failure: unknown;
  for (const { name, run } of steps) {
    if (failure !== undefined || rows.at(-1)?.word === "declined") {
      rows.push({ name, word: "not reached", detail: "", seconds: undefined });
      continue;
    }
    console.log(pc.bold(`\n── ${name} ${"─".repeat(Math.max(4, 60 - name.length))}`));
    const started = performance.now();
    const taken = (): number => (performance.now() - started) / 1000;
    try {
      rows.push({ name, ...(await run()), seconds: taken() });
    } catch (error) {
      failure = error;
      const detail = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
      rows.push({ name, word: "failed", detail, seconds: taken() });
    }
  }
  return { rows, failure };
}

const COLOURS: Partial<Record<Row["word"], (text: string) => string>> = {
  failed: pc.red,
  "not reached": pc.yellow,
  waits: pc.yellow,
  declined: pc.yellow,
  applied: pc.green,
  published: pc.green,
};

/** Prints what was done and what was not; then throws the failure that ended the walk early, if one did. */
export function conclude({ rows, failure }: Walk): void {
  const laid = rows.map(({ name, word, detail, seconds }) => [
    name,
    (COLOURS[word] ?? String)(word),
    seconds === undefined ? "" : seconds.toFixed(1),
    detail,
  ]);
  console.log(`\n${table(["stack", "result", "seconds", "detail"], laid)}`);
  if (failure !== undefined) throw failure;
  if (rows.some(({ word }) => word === "declined"))
    throw new Failure("stopped: you declined", undefined, exitCodes.interrupted);
}
