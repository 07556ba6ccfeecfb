import { z } from "zod";
import { bundleSparkVersion, emrReleases } from "../catalogue/versions";
import { distinct, text, wholeNumber } from "./fields";
import { serverlessSchema } from "./serverless";

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

/** What AWS, or the company's contract with it, asks; the platform knows no price by itself. */
const pricesSchema = z.strictObject({
  currency: text(/^[A-Z]{3}$/, "a code of ISO 4217, for example EUR").describe("Currency of the prices."),
  per_unit: z
    .strictObject({
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
    })
    .describe("Price by unit; a run's cost is shown where all that it used has one."),
});

/** What a run computes on. A unit is one instance of a cluster: fleets weigh all types alike. */
export const processingSchema = z.strictObject({
  compute: z
    .enum(["emr", "emr_serverless"])
    .default("emr")
    .describe("What the daily pipeline runs on: a cluster of its own, or the EMR Serverless application."),
  emr_release: z
    .enum(emrReleases)
    .default("emr-7.8.0")
    .describe(`EMR release; it has to carry Spark ${bundleSparkVersion}, which the job bundle is built for.`),
  primary_instance_types: instanceTypes()
    .default(["m5.xlarge", "m5a.xlarge", "m6i.xlarge"])
    .describe("Types the primary node may be, in order of preference; always on demand."),
  core_instance_types: instanceTypes()
    .default(["m5.xlarge", "m5a.xlarge", "m5d.xlarge", "m6i.xlarge", "r5.xlarge"])
    .describe("Types the core nodes may be; at least three when any of them is spot."),
  core_on_demand_units: units(0).default(0).describe("Core nodes on demand at the start."),
  core_spot_units: units(0).default(2).describe("Core nodes on spot at the start."),
  minimum_units: units(1).default(1).describe("Fewest core and task nodes managed scaling keeps."),
  maximum_units: units(1).default(6).describe("Most core and task nodes managed scaling adds up to."),
  maximum_core_units: units(1).default(6).describe("Most of them that may be core nodes, which hold HDFS."),
  maximum_on_demand_units: units(0).default(2).describe("Most of them that may be on demand."),
  spot_timeout_minutes: wholeNumber(5, 90)
    .default(10)
    .describe(
      "Minutes to wait for spot capacity before on-demand instances are taken instead; a run gives its cluster two hours to start.",
    ),
  idle_timeout_seconds: wholeNumber(60, 604_800)
    .default(3600)
    .describe("Seconds an idle cluster lives: the net under one that its DAG run left behind."),
  spark_conf: z
    .record(
      text(/^spark\.[\w.-]+$/, "a setting of Spark, for example spark.executor.memory"),
      text(/^[^\s]+( [^\s]+)*$/, "its value, as a text without line breaks"),
    )
    .default({})
    .meta({ allowed: 'settings by name, for example { "spark.executor.memory" = "8g" }' })
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
