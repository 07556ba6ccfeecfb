import { CeCostAllocationTag } from "@cdktf/provider-aws/lib/ce-cost-allocation-tag";
import { Construct } from "constructs";

/**
 * Tags by which bills and budgets count. Billing knows a key only some hours after the first resource carried it and
 * refuses one it does not know; in an organization only the account that pays may do this.
 * Source: AWS Billing User Guide, "Activating user-defined cost allocation tags".
 */
export class CostAllocation extends Construct {
  readonly tags: readonly CeCostAllocationTag[];

  /** @param keys keys of tags in snake_case */
  constructor(scope: Construct, id: string, keys: readonly string[]) {
    super(scope, id);
    this.tags = keys.map((tagKey) => new CeCostAllocationTag(this, tagKey, { tagKey, status: "Active" }));
  }
}
