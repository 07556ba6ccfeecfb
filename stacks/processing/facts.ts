import { z } from "zod";
import { computeEngines } from "../../base/compute-engines";
import { stackFacts, text } from "../core/stack-facts";

/** Nodes, minutes and seconds; the largest is the idle time of a cluster in seconds, a week at most. */
const count = z.int().min(0).max(604_800);
const texts = z.array(text).min(1);

const worker = z
  .strictObject({ vcpu: count, memory_gb: count, disk_gb: count })
  .meta({ title: "Worker", description: "Size of a worker of EMR Serverless." });

const serverless = z.strictObject({
  application_id: text,
  job_role_arn: text,
  log_uri: text,
  driver: worker,
  executor: worker,
  maximum_executors: count,
});

const price = z.number().positive().optional();

/** Prices by unit of use; the units are those of the metadata store. */
const prices = z.strictObject({
  currency: text,
  per_unit: z
    .strictObject({
      vcpu_hour: price,
      memory_gb_hour: price,
      storage_gb_hour: price,
      on_demand_instance_hour: price,
      spot_instance_hour: price,
    })
    .describe("Price of each unit that has one"),
});

/** What the daily pipeline runs on, and how a cluster is launched. */
export const processingFacts = stackFacts("processing", {
  dags: z
    .strictObject({
      compute: z.enum(computeEngines).describe("What the daily pipeline runs on: emr or emr_serverless"),
      serverless: serverless.optional().describe("How a job is submitted to EMR Serverless"),
      release_label: text.describe("EMR release of clusters and jobs"),
      service_role: text.describe("Role of EMR when it creates and resizes clusters"),
      instance_profile: text.describe("Instance profile of the nodes, by which jobs reach the lake"),
      security_configuration: text.describe("EMR security configuration of every cluster"),
      primary_instance_types: texts.describe("Instance types of primary nodes, any of which may be taken"),
      core_instance_types: texts.describe("Instance types of core nodes, any of which may be taken"),
      core_on_demand_units: count.describe("Core nodes on demand at the start of a cluster"),
      core_spot_units: count.describe("Core nodes on spot at the start of a cluster"),
      minimum_units: count.describe("Fewest nodes that managed scaling leaves"),
      maximum_units: count.describe("Most nodes that managed scaling starts"),
      maximum_core_units: count.describe("Most core nodes that managed scaling starts"),
      maximum_on_demand_units: count.describe("Most nodes on demand that managed scaling starts"),
      node_disk_gb: count
        .optional()
        .describe("GiB of disk of each core and task node, where it is not derived"),
      spot_timeout_minutes: count.describe(
        "Minutes until spot capacity that is not there is bought on demand",
      ),
      idle_timeout_seconds: count.describe("Seconds without work until a cluster ends itself"),
      log_uri: text.describe("Folder of the clusters' logs"),
      spark_event_log_uri: text.describe("Folder of Spark's event logs"),
      spark_conf: z
        .record(text, text)
        .describe("Settings of Spark that win over the release's and the derived ones"),
      tags: z.record(text, text).describe("Tags of every cluster"),
      prices: prices.optional().describe("What a unit of what runs use costs, as configured"),
    })
    .describe("What the daily pipeline runs on, and how a cluster is launched."),
  outputs: z.strictObject({
    serverless_application_arn: text.optional().describe("The EMR Serverless application"),
    serverless_job_role_arn: text.optional().describe("Role of jobs on EMR Serverless"),
    serverless_log_group: text.optional().describe("Log group of jobs on EMR Serverless"),
  }),
});
