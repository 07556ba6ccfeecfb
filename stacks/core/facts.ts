import { z } from "zod";

const text = z.string().min(1);
const texts = z.array(text).min(1);
/** Nodes, minutes and seconds; the longest is the idle time of a cluster, a week at most. */
const count = z.int().min(0).max(604_800);

/** Where clusters are placed. */
const network = z.strictObject({
  vpc_id: text,
  private_subnet_ids: texts.describe("By zone, then name."),
  emr_primary_security_group_id: text,
  emr_core_security_group_id: text,
  emr_service_access_security_group_id: text,
});

/** Where data, code and logs are, and the key they are encrypted with. */
const lake = z.strictObject({
  data_bucket: text,
  artifacts_bucket: text,
  logs_bucket: text,
  data_kms_key_arn: text,
});

/** How the databases of the Glue catalog are called, and when their tables are maintained. */
const catalog = z.strictObject({
  database_prefix: text.describe("The zone comes behind it: `curated` or `marts`."),
  maintenance_days: z.array(text).describe("Days of the week, in lower case; none: never."),
  kept_days: z.int().min(1).describe("Days that what was published can still be read."),
});

/** Where the database of runs answers, and the secret that has its password; the password itself is nowhere here. */
const metadata = z.strictObject({
  address: text,
  port: z.int().min(1).max(65_535),
  database: text,
  secret_arn: text,
});

const worker = z.strictObject({ vcpu: count, memory_gb: count, disk_gb: count });

/** How a job is submitted to EMR Serverless. */
const serverless = z.strictObject({
  application_id: text,
  job_role_arn: text,
  log_uri: text,
  driver: worker,
  executor: worker,
  maximum_executors: count,
});

const price = z.number().positive().optional();

/** What a unit of what runs use costs, as the configuration says; the units are those of the metadata store. */
const prices = z.strictObject({
  currency: text,
  per_unit: z.strictObject({
    vcpu_hour: price,
    memory_gb_hour: price,
    storage_gb_hour: price,
    on_demand_instance_hour: price,
    spot_instance_hour: price,
  }),
});

/** What the daily pipeline runs on, and how a cluster is launched. */
const processing = z.strictObject({
  compute: z.enum(["emr", "emr_serverless"]),
  serverless: serverless.optional().describe("There where `compute` is `emr_serverless`."),
  release_label: text,
  service_role: text,
  instance_profile: text,
  security_configuration: text,
  primary_instance_types: texts,
  core_instance_types: texts,
  core_on_demand_units: count,
  core_spot_units: count,
  minimum_units: count,
  maximum_units: count,
  maximum_core_units: count,
  maximum_on_demand_units: count,
  spot_timeout_minutes: count,
  idle_timeout_seconds: count,
  log_uri: text,
  spark_event_log_uri: text,
  spark_conf: z.record(text, text).describe("Wins over the release's settings and derived ones."),
  tags: z.record(text, text),
  prices: prices.optional().describe("There where the configuration has some."),
});

/** The queue that says what has arrived under `raw/`; there where events are on. */
const queue = z.strictObject({ url: text, arn: text, dead_letter_arn: text });

/** Whether raw data starts the pipeline when it has arrived. */
const events = z.strictObject({
  quiet_minutes: count.describe("A batch is complete when nothing of its run date arrived for so long."),
  queue: queue.optional().describe("There where events are on; without it the clock starts the pipeline."),
});

/** Whom the DAGs tell. */
const orchestration = z.strictObject({
  project: text,
  environment: text,
  notification_emails: texts,
  mail_from: text,
});

/**
 * What each stack tells the DAGs: an Airflow variable of the stack's name, with these keys. No credential is among
 * them. `facts.schema.json` is this in JSON Schema, for the DAGs' tests.
 */
export const factSchemas = { network, lake, catalog, metadata, processing, events, orchestration };

/** A stack that publishes facts. */
export type FactStack = keyof typeof factSchemas;

/** The facts of a stack. */
export type Facts<Stack extends FactStack> = z.infer<(typeof factSchemas)[Stack]>;

/** The facts of all stacks as one JSON Schema (draft 2020-12), a definition for each stack. */
export function factsJsonSchema(): object {
  const definitions = Object.entries(factSchemas).map(([stack, schema]) => {
    const { $schema: _, ...definition } = z.toJSONSchema(schema);
    return [stack, definition];
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Facts that the stacks publish to the DAGs",
    $defs: Object.fromEntries(definitions),
  };
}
