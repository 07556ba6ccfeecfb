import type { Json } from "../change";

/** One attribute that differs, by its path. */
export interface Difference {
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** Finds where two values differ, below a path. */
export type Differ = (path: string, before: Json | undefined, after: Json | undefined) => Difference[];
