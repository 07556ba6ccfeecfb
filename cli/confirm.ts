import { createInterface } from "node:readline/promises";
import { Failure } from "../base/failure";

/**
 * Asks on the terminal; only `yes` is a yes.
 * @param assumeYes `--yes` was given: no question
 * @throws Failure when there is no terminal to ask on
 */
export async function confirm(question: string, assumeYes: boolean): Promise<boolean> {
  if (assumeYes) return true;
  requireTerminal();
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(`\n${question} Only "yes" goes on: `)).trim() === "yes";
  } finally {
    terminal.close();
  }
}

/** @throws Failure when nobody can be asked: refuse before anything is touched, rather than at the first question. */
export function requireTerminal(assumeYes = false): void {
  if (assumeYes || process.stdin.isTTY) return;
  throw new Failure("there is no terminal to confirm on", "give --yes to go on without being asked");
}
