/** What somebody wants to do here: the demo and the jobs on this machine, the tests, or an environment on AWS. */
export type Use = "run" | "test" | "apply";

/** What was found out about one thing. */
export interface Diagnosis {
  readonly subject: string;
  /** `unknown` is what could not be looked at, because of something else that is said to be wrong. */
  readonly state: "ok" | "missing" | "wrong" | "unknown";
  /** What was found, in a few words. */
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** What it is needed for. */
  readonly uses: readonly Use[];
  /** The commands that need it, for people. */
  readonly neededBy: string;
}

/** What a look at one thing says of it. */
export type Verdict = Pick<Diagnosis, "state" | "detail" | "remedy">;

/** Whether somebody has to act before any of this can be done; what is unknown has its cause elsewhere. */
export function isInTheWay({ state, uses }: Diagnosis, asked: readonly Use[]): boolean {
  return (state === "missing" || state === "wrong") && uses.some((use) => asked.includes(use));
}
