/** What the command line reads of a Terraform state. */
export interface State {
  readonly serial: number;
  readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources: readonly StateResource[];
}

interface StateResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
}

/** Reads what `terraform state pull` prints, or a state file; undefined when there is no state. */
export function parseState(text: string): State | undefined {
  return text.trim() === "" ? undefined : JSON.parse(text);
}
