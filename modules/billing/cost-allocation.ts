import { CeCostAllocationTag } from "@cdktf/provider-aws/lib/ce-cost-allocation-tag";
import { Construct } from "constructs";

export interface CostAllocationProps {
  /** Keys of the tags, in snake_case. */
  readonly keys: readonly string[];
}

/**
 * Tags by which bills and budgets count. Billing knows a key only some hours after the first resource carried it and
 * refuses one it does not know; in an organization only the account that pays may do this.
 * Source: AWS Billing User Guide, "Activating user-defined cost allocation tags".
 */
export class CostAllocation extends Construct {
  readonly tags: readonly CeCostAllocationTag[];

  constructor(scope: Construct, id: string, { keys }: CostAllocationProps) {
    super(scope, id);
    this.tags = keys.map((tagKey) => new CeCostAllocationTag(this, tagKey, { tagKey, status: "Active" }));
  }
}
