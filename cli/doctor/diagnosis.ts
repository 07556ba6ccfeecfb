import type { Verdict } from "../account/verdict";

/** What somebody wants to do here: the demo and the jobs on this machine, the tests, or an environment on AWS. */
export type Use = "run" | "test" | "apply";

/** What was found out about one thing. */
export interface Diagnosis extends Verdict {
  readonly subject: string;
  /** What it is needed for. */
  readonly uses: readonly Use[];
  /** The commands that need it, for people. */
  readonly neededBy: string;
}

/** Whether somebody has to act before any of this can be done; what is unknown has its cause elsewhere. */
export function isInTheWay({ state, uses }: Diagnosis, asked: readonly Use[]): boolean {
  return (state === "missing" || state === "wrong") && uses.some((use) => asked.includes(use));
}
