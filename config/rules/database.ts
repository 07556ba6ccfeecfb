import type { Report } from "../problems";
import type { Parts } from "./rule";

/** Storage autoscaling needs room: this part of the start at least. Source: Amazon RDS User Guide, "Managing capacity automatically with storage autoscaling". */
const leastGrowth = 10;

export function storageRule({ metadata }: Parts, report: Report): void {
  const { allocated_storage_gb: start, maximum_storage_gb: most } = metadata ?? {};
  if (start === undefined || most === undefined) return;
  const least = start + Math.ceil(start / leastGrowth);
  if (most >= least) return;
  const message = `is less than a tenth above metadata.allocated_storage_gb ${start}`;
  report(["metadata", "maximum_storage_gb"], message, `use ${least} or more`);
}

/**
 * RDS for PostgreSQL makes no read replica of a database whose password it manages, and here it always does: any other
 * password would have to pass through Terraform.
 * Source: Amazon RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager", limitations.
 */
export function replicaRule({ metadata }: Parts, report: Report): void {
  if (!metadata?.read_replicas) return;
  report(
    ["metadata", "read_replicas"],
    "cannot be had with the managed password, which RDS for PostgreSQL refuses to replicate",
    "use 0; multi_az = true survives a zone, a bigger instance_class answers more queries",
  );
}

/** Production's database outlives a destroy, as its buckets do. */
export function databaseProtectionRule(
  { environment, metadata }: Parts,
  report: Report,
  file: { readonly name: string },
): void {
  if (![environment, file.name].some((name) => name?.startsWith("prod"))) return;
  for (const key of ["deletion_protection", "final_snapshot"] as const) {
    if (metadata?.[key] !== false) continue;
    report(["metadata", key], "would let production's database be lost for good", "use true");
  }
}
