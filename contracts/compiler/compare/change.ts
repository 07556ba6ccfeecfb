import type { Place } from "../place";

/**
 * What a change does to those who deliver or read the data. Breaking: what was right before is wrong now, or what was
 * there is not. Additive: nobody has to do anything, and there is something new.
 */
export type Weight = "additive" | "breaking";

/** One change of a contract. */
export interface Change {
  /** Where it is in the new contract. */
  readonly place: Place;
  readonly weight: Weight;
  /** Old and new, as a sentence whose subject is the value at the place. */
  readonly message: string;
  /** What to do instead, as an instruction. */
  readonly instead: string;
}

export function breaking(place: Place, message: string, instead: string): Change {
  return { place, weight: "breaking", message, instead };
}

export function additive(place: Place, message: string, instead: string): Change {
  return { place, weight: "additive", message, instead };
}

/** Whether two values of a compiled contract say the same. */
export function same(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
