import type { Edit } from "../synthesized";

/** One change of the corpus. */
export interface Case {
  readonly name: string;
  readonly stack: string;
  /** Where the risk is; of a harmless change, where it is made. */
  readonly address: string;
  readonly edit: Edit;
}
