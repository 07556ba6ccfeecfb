import { type Entry, entry, section } from "./hcl";

/** How big an environment begins; every number can be changed in its file. */
export const sizes = ["small", "standard", "large"] as const;

export type Size = (typeof sizes)[number];

export function isSize(text: string): text is Size {
  return sizes.some((size) => size === text);
}

/** The size that an environment of this name has most often. */
export function sizeNamed(environment: string): Size {
  if (/^prod/.test(environment)) return "large";
  return /^(?:dev|test|sandbox|play)/.test(environment) ? "small" : "standard";
}

/** What a size says besides the schema's defaults, which are those of `standard`, by section of the file. */
export const entriesOf: Readonly<Record<Size, Readonly<Record<string, readonly Entry[]>>>> = {
  small: {
    network: [entry("nat_gateways", "single", "One zone's failure stops this environment.")],
    lake: [section("lifecycle", [entry("logs_expire_days", 30)])],
    metadata: [
      entry("instance_class", "db.t4g.micro"),
      entry("maximum_storage_gb", 50),
      entry("multi_az", false, "A failed zone makes reports wait, nothing else."),
      entry("backup_retention_days", 1),
    ],
    processing: [
      entry("maximum_units", 3),
      entry("maximum_core_units", 3),
      entry("idle_timeout_seconds", 900),
    ],
    orchestration: [
      entry("environment_class", "mw1.micro", "One worker and one scheduler, no scaling."),
      entry("max_workers", 1),
      entry("schedulers", 1),
    ],
    observability: [entry("alarms", ["compute", "pipeline"], "The dashboard shows the rest, too.")],
  },
  standard: {},
  large: {
    network: [entry("nat_gateways", "per_zone", "A zone's failure leaves the other its way out.")],
    metadata: [
      entry("instance_class", "db.m7g.large"),
      entry("multi_az", true),
      entry("backup_retention_days", 35),
    ],
    processing: [
      entry("core_on_demand_units", 1, "One node that spot cannot take away keeps HDFS, and the run, alive."),
      entry("core_spot_units", 3),
      entry("maximum_units", 20),
      entry("maximum_core_units", 10),
    ],
    orchestration: [
      entry("environment_class", "mw1.medium"),
      entry("min_workers", 2),
      entry("max_workers", 10),
    ],
  },
};
