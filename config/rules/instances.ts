import { isSized } from "../catalogue/instance-types";
import { bundleSparkVersion, emrReleases, sparkVersions } from "../catalogue/versions";
import type { Report } from "../problems";
import type { Parts } from "./rule";

/** One interruption takes all nodes of a type: spot needs others to fall back on. */
const typesForSpot = 3;

/** Spot core nodes may be of several types. Source: Amazon EMR Management Guide, "Instance fleets". */
export function spotRule({ processing }: Parts, report: Report): void {
  const types = processing?.core_instance_types;
  if (types === undefined || !processing?.core_spot_units || types.length >= typesForSpot) return;
  const message = `has ${types.length} of the ${typesForSpot} types that spot nodes need`;
  report(["processing", "core_instance_types"], message, "add types, or set core_spot_units = 0");
}

/** A cluster boots from one image, which is made for one CPU architecture. */
export function architectureRule({ processing }: Parts, report: Report): void {
  const lists = ["primary_instance_types", "core_instance_types"] as const;
  const types = lists.flatMap((list) => {
    return (processing?.[list] ?? []).map((type, index) => ({ type, path: ["processing", list, index] }));
  });
  const [first, ...others] = types;
  if (first === undefined) return;
  const wanted = architectureOf(first.type);
  for (const { type, path } of others) {
    if (architectureOf(type) === wanted) continue;
    const message = `is ${architectureOf(type)}, but the cluster starts with ${first.type}, which is ${wanted}`;
    report(path, message, `use ${wanted} types only, or ${architectureOf(type)} types in both lists`);
  }
}

/** Runs are sized by their core nodes, and drivers by the primary: their vCPUs and memory have to be known. */
export function sizedTypesRule({ processing }: Parts, report: Report): void {
  for (const list of ["primary_instance_types", "core_instance_types"] as const) {
    for (const [index, type] of (processing?.[list] ?? []).entries()) {
      if (isSized(type)) continue;
      const message = "is of a family whose vCPUs and memory the platform does not know";
      report(
        ["processing", list, index],
        message,
        "use another type, or add it to dags/platform_sizing/instance_families.json",
      );
    }
  }
}

/** The release carries the Spark version that the bundle was built for and tested with. */
export function releaseRule({ processing }: Parts, report: Report): void {
  const release = processing?.emr_release;
  if (release === undefined || sparkVersions[release] === bundleSparkVersion) return;
  const fitting = emrReleases.filter((known) => sparkVersions[known] === bundleSparkVersion);
  const message = `carries Spark ${sparkVersions[release]}, but the job bundle is built for ${bundleSparkVersion}`;
  report(["processing", "emr_release"], message, `use ${fitting.map((name) => `"${name}"`).join(" or ")}`);
}

/**
 * Graviton types have a `g` behind the generation, as in m6g, c6gn, r7gd, x2gd or im4gn.
 * Source: Amazon EC2 Instance Types Guide, "Naming conventions".
 */
export function architectureOf(type: string): "arm64" | "x86_64" {
  return /^[a-z]+\d+[a-z]*g/.test(type) ? "arm64" : "x86_64";
}
