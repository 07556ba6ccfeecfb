import { z } from "zod";
import { computeEngines } from "../../base/compute-engines";
import { isSized, offeredInstead, offeringsDate } from "../catalogue/instance-types";
import { bundleSparkVersion, emrReleases, sparkVersions } from "../catalogue/versions";
import type { Report } from "../problems";
import type { DocumentedRule } from "../rule";
import { distinct, refined, text, wholeNumber } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";
import { serverlessRules, serverlessSchema } from "./serverless";
import { sparkSettings } from "./spark-settings";

/** Source: Amazon EMR Management Guide, "Supported instance types": no burstable families, no `large` since generation 5. */
const instanceType = () =>
  text(
    /^(?!t\d)[a-z]{1,3}\d[a-z0-9]*\.(?:\d{1,2})?xlarge$/,
    "an instance type EMR supports: xlarge or bigger, not burstable, for example m5.xlarge",
  );

/** An EMR instance fleet with an allocation strategy takes 30 types. Source: Amazon EMR Management Guide, "Instance fleets". */
const instanceTypes = () => distinct(instanceType(), 1, 30);

const units = (from: number) => wholeNumber(from, 1000);

const price = (unit: string) =>
  z
    .number()
    .positive()
    .max(1000)
    .meta({ allowed: "a number above 0, at most 1000" })
    .optional()
    .meta({ description: `Price of ${unit}.`, absent: "none" });

/** A currency that is in use, as ICU lists them. Source: ISO 4217, list one. */
const currency = () => {
  const known = Intl.supportedValuesOf("currency");
  const allowed = "a code of ISO 4217, for example EUR";
  return refined(z.string(), (code) => known.includes(code), "is not the code of a currency", allowed);
};

/** What AWS, or the company's contract with it, asks; the platform knows no price by itself. */
const pricesSchema = z.strictObject({
  currency: currency().describe("Currency of the prices."),
  per_unit: refined(
    z.strictObject({
      vcpu_hour: price("a vCPU for an hour on EMR Serverless"),
      memory_gb_hour: price("a GB of memory for an hour on EMR Serverless"),
      storage_gb_hour: price(
        "a GB of disk for an hour on EMR Serverless, beyond the 20 GB that a worker has free",
      ),
      on_demand_instance_hour: price(
        "an instance of a cluster bought on demand for an hour, EC2 and EMR together",
      ),
      spot_instance_hour: price(
        "an instance of a cluster bought on spot for an hour, EC2 and EMR together: an average, since spot prices move",
      ),
    }),
    (prices) => Object.keys(prices).length > 0,
    "has no price",
    "at least one of them, or remove processing.prices",
  ).describe("Price by unit; a run's cost is shown where all that it used has one."),
});

/** What a run computes on. A unit is one instance of a cluster: fleets weigh all types alike. */
export const processingSchema = z.strictObject({
  compute: z
    .enum(computeEngines)
    .default("emr")
    .describe("What the daily pipeline runs on: a cluster of its own, or the EMR Serverless application."),
  emr_release: z
    .enum(emrReleases)
    .default("emr-7.8.0")
    .describe(`EMR release; it has to carry Spark ${bundleSparkVersion}, which the job bundle is built for.`),
  primary_instance_types: instanceTypes()
    .default(["m5.xlarge", "m6i.xlarge", "m5d.xlarge"])
    .describe("Types the primary node may be, in order of preference; always on demand."),
  core_instance_types: instanceTypes()
    .default(["m5.xlarge", "m5d.xlarge", "m6i.xlarge", "r5.xlarge", "r6i.xlarge"])
    .describe("Types the core nodes may be; at least three when any of them is spot."),
  core_on_demand_units: units(0).default(0).describe("Core nodes on demand at the start."),
  core_spot_units: units(0).default(2).describe("Core nodes on spot at the start."),
  minimum_units: units(1).default(1).describe("Fewest core and task nodes managed scaling keeps."),
  maximum_units: units(1)
    .default(6)
    .describe(
      "Most core and task nodes managed scaling adds up to. Above `maximum_core_units` a cluster starts with one task node on spot, to which others are added.",
    ),
  maximum_core_units: units(1).default(6).describe("Most of them that may be core nodes, which hold HDFS."),
  maximum_on_demand_units: units(0).optional().meta({
    description:
      "Most of them that may be on demand. Managed scaling buys on demand up to this limit first, and spot only beyond it.",
    absent:
      "`core_on_demand_units`, so that nodes are added on spot; `maximum_units` where no core node is on spot",
  }),
  node_disk_gb: wholeNumber(32, 16_384).optional().meta({
    description:
      "GiB of disk (gp3) of each core and task node, for shuffles and what does not fit into memory.",
    absent: "derived from the volume of a run, 16 GiB for each vCPU at least (docs/sizing.md)",
  }),
  spot_timeout_minutes: wholeNumber(5, 90)
    .default(10)
    .describe(
      "Minutes to wait for spot capacity before on-demand instances are taken instead; a run gives its cluster two hours to start.",
    ),
  idle_timeout_seconds: wholeNumber(60, 604_800)
    .default(3600)
    .describe("Seconds an idle cluster lives: the net under one that its DAG run left behind."),
  spark_conf: sparkSettings
    .default({})
    .describe(
      "Settings of Spark that win over the release's and over those that are derived from the volume of a run and the size of the place (docs/sizing.md).",
    ),
  in_transit_certificates: z
    .boolean()
    .default(false)
    .describe(
      "Encrypt what clusters send among their nodes with the archive that `platform certificates emr-archive` uploads. A cluster does not start without it.",
    ),
  prices: pricesSchema.optional().meta({
    description: "What computing costs, for the cost of each run in its report.",
    absent: "none: reports show what runs used, and no cost",
  }),
  serverless: serverlessSchema
    .prefault({})
    .describe('The EMR Serverless application, which exists where `compute` is `"emr_serverless"`.'),
});

type ProcessingFile = z.output<typeof processingSchema>;

/** The section with every default applied. */
export type ProcessingConfig = Omit<ProcessingFile, "maximum_on_demand_units"> & {
  maximum_on_demand_units: number;
};

/**
 * Managed scaling uses on-demand nodes until their limit, and spot for the rest.
 * Source: Amazon EMR Management Guide, "Managed scaling node allocation strategy".
 */
export function processingOf(file: ProcessingFile): ProcessingConfig {
  const { core_on_demand_units, core_spot_units, maximum_units, maximum_on_demand_units } = file;
  const most = core_spot_units === 0 ? maximum_units : core_on_demand_units;
  return { ...file, maximum_on_demand_units: maximum_on_demand_units ?? most };
}

type Parts = ValidParts<{ processing: ProcessingFile; region: string }>;

/**
 * The limits of managed scaling agree with each other, and the cluster starts within them.
 * Source: Amazon EMR Management Guide, "Configure managed scaling for Amazon EMR".
 */
function capacityRules({ processing = {} }: Parts, report: Report): void {
  const atMost = (low: Limit, high: Limit) => {
    const [value, limit] = [processing[low], processing[high]];
    if (value === undefined || limit === undefined || value <= limit) return;
    report(
      ["processing", low],
      `is above processing.${high} ${limit}`,
      `use at most ${limit}, or raise ${high}`,
    );
  };
  atMost("minimum_units", "maximum_units");
  atMost("maximum_core_units", "maximum_units");
  atMost("maximum_on_demand_units", "maximum_units");
  atMost("core_on_demand_units", "maximum_on_demand_units");
  startRule(processing, report);
}

type Limit =
  | "minimum_units"
  | "maximum_units"
  | "maximum_core_units"
  | "maximum_on_demand_units"
  | "core_on_demand_units";

function startRule(processing: NonNullable<Parts["processing"]>, report: Report): void {
  const { core_on_demand_units, core_spot_units, minimum_units, maximum_core_units } = processing;
  if (core_on_demand_units === undefined || core_spot_units === undefined) return;
  const start = core_on_demand_units + core_spot_units;
  const sum = `and core_on_demand_units ${core_on_demand_units} start the cluster with ${start} core nodes`;
  const path = ["processing", "core_spot_units"];
  if (start === 0) report(path, sum, "use at least 1 in either: HDFS lives on core nodes");
  else if (minimum_units !== undefined && start < minimum_units) {
    report(
      path,
      `${sum}, below processing.minimum_units ${minimum_units}`,
      `use at least ${minimum_units} in sum`,
    );
  }
  if (maximum_core_units !== undefined && start > maximum_core_units) {
    const message = `${sum}, above processing.maximum_core_units ${maximum_core_units}`;
    report(path, message, `use at most ${maximum_core_units} in sum`);
  }
}

/** One interruption takes all nodes of a type: spot needs others to fall back on. */
const typesForSpot = 3;

/** Spot core nodes may be of several types. Source: Amazon EMR Management Guide, "Instance fleets". */
function spotRule({ processing }: Parts, report: Report): void {
  const types = processing?.core_instance_types;
  if (types === undefined || !processing?.core_spot_units || types.length >= typesForSpot) return;
  const message = `has ${types.length} of the ${typesForSpot} types that spot nodes need`;
  report(["processing", "core_instance_types"], message, "add types, or set core_spot_units = 0");
}

/** A cluster boots from one image, which is made for one CPU architecture. */
function architectureRule({ processing }: Parts, report: Report): void {
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
function sizedTypesRule({ processing }: Parts, report: Report): void {
  for (const list of ["primary_instance_types", "core_instance_types"] as const) {
    for (const [index, type] of (processing?.[list] ?? []).entries()) {
      if (isSized(type)) continue;
      const message = "is of a family whose vCPUs and memory the platform does not know";
      report(
        ["processing", list, index],
        message,
        "use another type, or add it to packages/platform_sizing/platform_sizing/instance_families.json",
      );
    }
  }
}

/**
 * A cluster of types that its region does not offer fails to start, or hangs.
 * Source: Amazon EMR Management Guide, "Supported instance types".
 */
function offeredTypesRule({ processing, region }: Parts, report: Report): void {
  if (region === undefined || processing?.compute !== "emr") return;
  for (const list of ["primary_instance_types", "core_instance_types"] as const) {
    for (const [index, type] of (processing[list] ?? []).entries()) {
      const instead = offeredInstead(region, type);
      if (instead === undefined) continue;
      report(
        ["processing", list, index],
        `is not offered in ${region}, as EC2 answered before ${offeringsDate}`,
        instead.length > 0
          ? `use ${instead.join(", ")} or another type that the region offers`
          : "use a type that the region offers",
      );
    }
  }
}

/** The release carries the Spark version that the bundle was built for and tested with. */
function releaseRule({ processing }: Parts, report: Report): void {
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

const rules: readonly DocumentedRule<Parts>[] = [
  { says: "The EMR release carries the Spark version of the job bundle.", check: [releaseRule] },
  { says: "Spot core nodes are of at least three instance types.", check: [spotRule] },
  { says: "All instance types of a cluster share one CPU architecture.", check: [architectureRule] },
  {
    says: "The vCPUs and memory of all instance types are known: runs are sized by them.",
    check: [sizedTypesRule],
  },
  {
    says: "All instance types of a cluster are offered in the environment's region, where that is known.",
    check: [offeredTypesRule],
  },
  {
    says: "The limits of managed scaling agree with each other, and the cluster starts within them.",
    check: [capacityRules],
  },
  ...serverlessRules,
];

/** Section `processing`. */
export const processingSection = {
  schema: processingSchema
    .prefault({})
    .describe("What a run computes on: the EMR cluster of each run, or EMR Serverless."),
  rules,
};
