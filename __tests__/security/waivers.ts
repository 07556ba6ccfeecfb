/** A check that some resources need not pass, and why. */
export interface Waiver {
  readonly check: string;
  readonly reason: string;
  /** `<stack> <address>`, the stack without its environment or account. */
  readonly addresses: readonly string[];
  /**
   * The environment in which alone it holds.
   * @default every environment
   */
  readonly only?: "dev";
}

export const waivers: readonly Waiver[] = [];
