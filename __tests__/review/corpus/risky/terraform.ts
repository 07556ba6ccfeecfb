import type { Case } from "../case";
import { adding, dropping, editing, inJson, ofStack, type Place, setting } from "../edits";

const store: Place = ["prod-metadata", "aws_db_instance.store"];
const bucket: Place = ["prod-lake", "aws_s3_bucket.data"];
const lifecycle: Place = ["prod-lake", "aws_s3_bucket_lifecycle_configuration.data"];
const queue: Place = ["dev-events", "aws_sqs_queue.arrivals"];

/** Changes that expose something through Terraform itself. */
export const terraformExposure: readonly Case[] = [
  ofStack("requests of the provider go elsewhere", ["prod-lake", "provider.aws"], (json) => {
    json.provider.aws[0].endpoints = [{ s3: "https://s3.example.org" }];
  }),
  ofStack("the provider does not look at certificates", ["prod-lake", "provider.aws"], (json) => {
    json.provider.aws[0].insecure = true;
  }),
  ofStack("the state is not encrypted", ["prod-lake", "terraform.backend"], (json) => {
    json.terraform.backend.s3.encrypt = false;
  }),
  ofStack("the state goes through another server", ["prod-lake", "terraform.backend"], (json) => {
    json.terraform.backend.s3.endpoints = { s3: "https://s3.example.org" };
  }),
  ofStack("a secret is an output", ["prod-processing", "output.secret"], (json) => {
    json.output.secret = { value: "$" + "{aws_secretsmanager_secret_version.facts.secret_string}" };
  }),
  ofStack("an output leads readers to another bucket", ["prod-lake", "output.data_bucket"], (json) => {
    json.output.data_bucket.value = "theirs";
  }),
  setting("a bucket is made by another provider", bucket, { provider: "aws.other" }),
  setting("changes of a bucket are not seen", bucket, { "lifecycle.ignore_changes": ["bucket"] }),
];

/** Changes that lose data by Terraform's meta-arguments, or by settings that keep it. */
export const keeping: readonly Case[] = [
  setting("the database is made zero times", store, { count: 0 }),
  setting("a bucket is made for each of a set", bucket, { for_each: ["a", "b"] }),
  setting("a bucket is made again with something else", bucket, {
    "lifecycle.replace_triggered_by": ["aws_kms_key.lake"],
  }),
  ofStack("the state has no lock", ["prod-lake", "terraform.backend"], (json) => {
    json.terraform.backend.s3.use_lockfile = false;
  }),
  ofStack("the state is a file", ["prod-lake", "terraform.backend"], (json) => {
    json.terraform.backend = { local: { path: "terraform.tfstate" } };
  }),
  ofStack("Terraform takes over a bucket", ["prod-lake", "import.aws_s3_bucket.data"], (json) => {
    json.import = [{ to: "aws_s3_bucket.data", id: "theirs" }];
  }),
  ofStack("objects expire on a day", ["prod-lake", lifecycle[1]], (json) => {
    const [rule] = json.resource.aws_s3_bucket_lifecycle_configuration.data.rule;
    rule.expiration = [{ date: "2026-12-31T00:00:00Z" }];
  }),
  setting("a secret is gone at once", ["prod-orchestration", "aws_secretsmanager_secret.smtp_default"], {
    recovery_window_in_days: 0,
  }),
  setting("a queue has no dead letters", queue, { redrive_policy: undefined }),
  setting("messages are kept for a minute", queue, { message_retention_seconds: 60 }),
  setting("undelivered events are given up at once", ["dev-events", "aws_cloudwatch_event_target.arrivals"], {
    retry_policy: { maximum_event_age_in_seconds: 60, maximum_retry_attempts: 0 },
  }),
  setting("the database moves to an older version", store, { engine_version: "16" }),
  setting("the database is in one zone", store, { multi_az: false }),
  inJson(
    "snapshots of tables are kept for a day",
    ["prod-catalog", "aws_secretsmanager_secret_version.facts"],
    "secret_string",
    (value) => {
      value.kept_days = 1;
    },
  ),
  dropping("versions of a bucket end", ["prod-lake", "aws_s3_bucket_versioning.data"]),
];

/** Changes that cost more in ways that no number says. */
export const spending: readonly Case[] = [
  setting(
    "serverless machines never stop",
    ["dev-processing", "aws_emrserverless_application.emr_serverless"],
    {
      auto_stop_configuration: { enabled: false },
    },
  ),
  setting("five gateways instead of one", ["prod-network", "aws_nat_gateway.nat_gateways_a"], { count: 5 }),
  editing("data are archived ten years later", lifecycle, (block) => {
    for (const rule of block.rule) for (const one of [rule.transition ?? []].flat()) one.days = 3000;
  }),
  setting(
    "who asks for data pays less, the platform more",
    ["prod-lake", "aws_s3_bucket_server_side_encryption_configuration.data"],
    {
      "rule.bucket_key_enabled": false,
    },
  ),
  setting(
    "serverless jobs have no upper bound",
    ["dev-processing", "aws_emrserverless_application.emr_serverless"],
    {
      maximum_capacity: undefined,
    },
  ),
];

/** Changes that nothing is decided about. */
export const unknown: readonly Case[] = [
  adding("a type that no table knows", ["prod-lake", "aws_lambda_function.copy"], { function_name: "copy" }),
  adding("a type of another provider", ["prod-lake", "null_resource.run"], {}),
  setting("an argument that no schema has", bucket, { telepathy: true }),
  setting("a dynamic block", bucket, { dynamic: { logging: { for_each: ["a"], content: [{}] } } }),
  inJson(
    "an option of Spark that nobody knows",
    ["prod-processing", "aws_secretsmanager_secret_version.facts"],
    "secret_string",
    (value) => {
      value.spark_conf = { "spark.mystery.enabled": "true" };
    },
  ),
  editing(
    "an option of Airflow that nobody knows",
    ["prod-orchestration", "aws_mwaa_environment.airflow"],
    (block) => {
      block.airflow_configuration_options["mystery.option"] = "1";
    },
  ),
  ofStack("a value that others may set", ["prod-lake", "variable.bucket"], (json) => {
    json.variable = { bucket: { default: "theirs" } };
  }),
  ofStack(
    "a data source that no table knows",
    ["prod-lake", "data.aws_secretsmanager_random_password.one"],
    (json) => {
      json.data = { ...json.data, aws_secretsmanager_random_password: { one: {} } };
    },
  ),
];
