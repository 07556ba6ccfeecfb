import table from "../../packages/platform_sizing/platform_sizing/instance_families.json";

/** Whether the DAGs know vCPUs and memory of an instance type: its own, or its family's. */
export function isSized(type: string): boolean {
  const [family = ""] = type.split(".");
  return type in table.types || family in table.mib_per_vcpu;
}
