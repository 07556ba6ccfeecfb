import { decimal, duration, money } from "./format";
import type { Usage } from "./history";

/** The units as they are read, each with the plural of its name. */
const units: Readonly<Record<string, string>> = {
  vcpu_hour: "vCPU hours",
  memory_gb_hour: "GB hours of memory",
  storage_gb_hour: "GB hours of disk",
  on_demand_instance_hour: "instance hours on demand",
  spot_instance_hour: "instance hours on spot",
  processor_second: "processor time",
};

export function unitName(unit: string): string {
  return units[unit] ?? unit;
}

/** A quantity of a unit; what is not nothing never shows as nothing. */
export function quantityOf(unit: string, quantity: number): string {
  if (unit === "processor_second") return duration(quantity);
  return quantity > 0 && quantity < 0.005 ? "< 0.01" : decimal(quantity);
}

/** Whether the cost is only about what was paid: spot prices move, and the instances of a cluster are of several types. */
export function isEstimate({ compute }: Usage): boolean {
  return compute === "emr";
}

/** What the run cost, with a sign before an estimate; undefined where nobody can say. */
export function costOf(usage: Usage | null): string | undefined {
  if (usage === null || usage.cost === null || usage.currency === null) return undefined;
  return `${isEstimate(usage) ? "≈ " : ""}${money(usage.cost, usage.currency)}`;
}

/** Whatever the run used, in one line; the longest part is what it computes on. */
export function usageInShort(usage: Usage | null): string {
  const used = Object.entries(usage?.quantities ?? {}).filter(([, quantity]) => quantity > 0);
  if (used.length === 0) return "unknown";
  const computing = used.filter(([unit]) => !unit.includes("_gb_"));
  return computing.map(([unit, quantity]) => `${quantityOf(unit, quantity)} ${unitName(unit)}`).join(", ");
}
