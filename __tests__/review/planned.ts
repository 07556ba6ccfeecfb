import type { Plan } from "../../review/compare";
import type { Block } from "../stacks/synthesis";

/** How Terraform plans one resource, as its JSON says it. */
export interface PlannedChange {
  readonly actions: readonly string[];
  readonly before?: Block;
  readonly after?: Block;
  readonly after_unknown?: Block;
  readonly before_sensitive?: Block;
  readonly after_sensitive?: Block;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

/** A plan of some resources, in the form of `terraform show -json`. */
export function planOf(changes: Record<string, PlannedChange>, rest: Partial<Plan> = {}): Plan {
  return {
    format_version: "1.2",
    resource_changes: Object.entries(changes).map(([address, change]) => ({
      address,
      mode: "managed",
      type: address.split(".")[0] ?? "",
      change: { before: null, after: null, after_unknown: {}, ...change },
    })),
    ...rest,
  };
}
