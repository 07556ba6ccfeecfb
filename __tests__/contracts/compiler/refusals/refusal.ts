/** One mistake in a contract, and every problem it has to be answered with. */
export interface Refusal {
  readonly title: string;
  /** @default "items" */
  readonly contract?: "items" | "shelves" | "clicks" | "searched" | "marts/sales";
  /** Text that is in the contract exactly once. */
  readonly from: string;
  readonly to: string;
  /** `file:line  path = value | message; remedy` */
  readonly problems: readonly string[];
}
