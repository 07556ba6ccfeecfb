import type { Dispositions } from "../contracts/run-results";

/** The four ends of a row, in the order in which they are shown. */
export const ends = ["inserted", "updated", "superseded", "quarantined"] as const;

export type End = (typeof ends)[number];

/** The rows whose end is known. */
export function accountedFor(dispositions: Dispositions): number {
  return ends.reduce((sum, end) => sum + dispositions[end], 0);
}

/** The dispositions of several datasets together. */
export function sumOf(all: readonly Dispositions[]): Dispositions {
  const sum = (key: keyof Dispositions) => all.reduce((total, one) => total + one[key], 0);
  return {
    read: sum("read"),
    inserted: sum("inserted"),
    updated: sum("updated"),
    superseded: sum("superseded"),
    quarantined: sum("quarantined"),
  };
}
