/** The phases of a publication, in order. */
export type Phase = "compare" | "upload" | "verify" | "activate" | "inspect" | "mirror";

/** How far a phase has come. */
export interface Progress {
  readonly phase: Phase;
  readonly done: number;
  /** Objects in this phase. */
  readonly total: number;
}

export type OnProgress = (progress: Progress) => void;

/** Tells nobody. */
export const silent: OnProgress = () => undefined;
