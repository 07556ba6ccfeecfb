import { partitionOf } from "../catalogue/regions";
import type { Report } from "../problems";
import type { Parts } from "./rule";

/** Minutes that an alarm on a query can look back, in whole periods below three hours. */
const longest = 175;

const threshold = (name: string) => ["observability", "thresholds", name];

/** A cluster that ends itself in time is no reason to be told. */
export function idleClusterRule({ processing, observability }: Parts, report: Report): void {
  const minutes = observability?.thresholds?.idle_cluster_minutes;
  const seconds = processing?.idle_timeout_seconds;
  if (minutes === undefined || seconds === undefined || processing?.compute !== "emr") return;
  if (minutes * 60 > seconds) return;
  const message = `is no longer than the ${seconds} seconds of processing.idle_timeout_seconds, after which a cluster ends itself`;
  const least = Math.floor(seconds / 60) + 1;
  const lower = "lower processing.idle_timeout_seconds";
  const allowed =
    least <= longest ? `use ${least} to ${longest}, or ${lower}` : `${lower} below ${longest * 60}`;
  report(threshold("idle_cluster_minutes"), message, allowed);
}

/** An alarm that is raised from the first day says nothing. */
export function freeStorageRule({ metadata, observability }: Parts, report: Report): void {
  const free = observability?.thresholds?.database_free_storage_gb;
  const allocated = metadata?.allocated_storage_gb;
  if (free === undefined || allocated === undefined || free < allocated) return;
  const message = `is not less than metadata.allocated_storage_gb ${allocated}`;
  report(threshold("database_free_storage_gb"), message, `use ${allocated - 1} or less`);
}

/**
 * A budget is in US dollars, as the bills of the partition `aws` are: GovCloud's costs are on the bill of a standard
 * account, China's and the European Sovereign Cloud's are not in dollars.
 * Sources: AWS General Reference, "AWS Billing and Cost Management endpoints and quotas"; AWS GovCloud (US) User Guide,
 * "AWS GovCloud (US) billing and payment".
 */
export function budgetRule({ region, observability }: Parts, report: Report): void {
  if (region === undefined || observability?.budget === undefined || partitionOf(region) === "aws") return;
  const message = `cannot be watched: partition ${partitionOf(region)} has no AWS Budgets in US dollars`;
  report(["observability", "budget"], message, "leave it out, and set a budget where the bill is");
}
