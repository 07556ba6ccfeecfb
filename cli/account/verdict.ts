/** What a look at one thing says of it. */
export interface Verdict {
  /**
   * `warning` works, and not as one may expect. `unknown` could not be read: something else is wrong, or a permission
   * is missing.
   */
  readonly state: "ok" | "missing" | "wrong" | "warning" | "unknown";
  /** What was found, in a few words. */
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** Says that something is as it should be. */
export function ok(detail: string): Verdict {
  return { state: "ok", detail };
}

/** Says what is not as it should be, and what to do. */
export function verdict(state: Exclude<Verdict["state"], "ok">, detail: string, remedy: string): Verdict {
  return { state, detail, remedy };
}
