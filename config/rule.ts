import type { Path, Report } from "./problems";

/** What a rule may ask of the file itself. */
export interface FileFacts {
  /** The file's name without its extension. */
  readonly name: string;
  /** The folder it is in. */
  readonly directory: string;
  /** Whether the file sets a key, rather than leaving it to its default. */
  readonly says: (path: Path) => boolean;
}

/**
 * A rule about several fields of one environment. It passes over what is missing or wrong in itself.
 *
 * `Parts` are the valid parts of the sections that it compares.
 */
export type Rule<Parts> = (parts: Parts, report: Report, file: FileFacts) => void;

export interface DocumentedRule<Parts> {
  /** The rule in words, for the reference. */
  readonly says: string;
  readonly check: readonly Rule<Parts>[];
}
