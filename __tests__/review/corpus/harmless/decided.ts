import { at, rename, statement } from "../../synthesized";
import type { Case } from "../case";
import { dropping, editing, inJson, ofStack, type Place, setting } from "../edits";

const cpu: Place = ["prod-observability", "aws_cloudwatch_metric_alarm.database_cpu"];
const store: Place = ["prod-metadata", "aws_db_instance.store"];
const airflow: Place = ["prod-orchestration", "aws_mwaa_environment.airflow"];
const facts: Place = ["prod-processing", "aws_secretsmanager_secret_version.facts"];
const bucket: Place = ["prod-lake", "aws_s3_bucket.data"];
const vpn: Place = ["prod-access", "aws_ec2_client_vpn_endpoint.vpn"];
const serverless: Place = ["dev-processing", "aws_emrserverless_application.emr_serverless"];

/** An expression of Terraform's. */
const expression = (text: string): string => `\${${text}}`;

/** Changes of arguments that were decided about, in their harmless direction. */
export const decided: readonly Case[] = [
  setting("an alarm looks more often", cpu, { evaluation_periods: 1 }),
  setting("an alarm is described otherwise", cpu, { alarm_description: "Look at the database." }),
  editing("an alarm tells one of the platform's topics more", cpu, (block) =>
    block.alarm_actions.push(expression("aws_sns_topic.alarms_warning.arn")),
  ),
  setting(
    "an alarm for too little storage comes sooner",
    ["prod-observability", "aws_cloudwatch_metric_alarm.database_storage"],
    {
      threshold: 1e12,
    },
  ),
  ofStack("an alarm has another address", ["prod-observability", "aws_cloudwatch_metric_alarm.cpu"], (json) =>
    rename(json, cpu[1], "aws_cloudwatch_metric_alarm.cpu"),
  ),
  ofStack("one alarm more", ["prod-observability", "aws_cloudwatch_metric_alarm.more"], (json) => {
    json.resource.aws_cloudwatch_metric_alarm.more = { ...at(json, cpu[1]), alarm_name: "more" };
  }),
  ofStack("a budget has another address", ["prod-observability", "aws_budgets_budget.bill"], (json) =>
    rename(json, "aws_budgets_budget.monthly", "aws_budgets_budget.bill"),
  ),
  editing("a budget is mentioned earlier", ["prod-observability", "aws_budgets_budget.monthly"], (block) => {
    for (const one of block.notification) one.threshold = 50;
  }),
  setting("a dashboard looks otherwise", ["prod-observability", "aws_cloudwatch_dashboard.platform"], {
    dashboard_body: '{"widgets":[]}',
  }),
  setting("Airflow logs more", airflow, { "logging_configuration.task_logs.log_level": "DEBUG" }),
  editing("Airflow runs more tasks at once", airflow, (block) => {
    block.airflow_configuration_options["core.parallelism"] = "64";
  }),
  editing("Airflow's mails come from another address", airflow, (block) => {
    block.airflow_configuration_options["smtp.smtp_mail_from"] = "mails@example.com";
  }),
  setting("Airflow installs the packages of a later release", airflow, {
    requirements_s3_path: "airflow/0123456789abcdef/requirements.txt",
  }),
  editing(
    "unusual costs are told from less on",
    ["bootstrap-111111111111", "aws_ce_anomaly_subscription.cost_anomalies"],
    (block) => {
      block.threshold_expression = JSON.parse(
        JSON.stringify(block.threshold_expression).replace('"100"', '"50"'),
      );
    },
  ),
  setting("Airflow is maintained on another day", airflow, { weekly_maintenance_window_start: "MON:03:00" }),
  setting("Airflow moves to a later minor version", airflow, { airflow_version: "3.1.0" }),
  inJson("Spark shuffles in more partitions", facts, "secret_string", (value) => {
    value.spark_conf = { "spark.sql.shuffle.partitions": "400" };
  }),
  inJson("Spark encrypts what it spills", facts, "secret_string", (value) => {
    value.spark_conf = { "spark.io.encryption.enabled": "true", "spark.authenticate": "true" };
  }),
  inJson("clusters stop sooner", facts, "secret_string", (value) => {
    value.idle_timeout_seconds = 300;
  }),
  inJson("clusters have another tag", facts, "secret_string", (value) => {
    value.tags.cost_centre = "analytics";
  }),
  inJson(
    "snapshots of tables are kept for longer",
    ["prod-catalog", "aws_secretsmanager_secret_version.facts"],
    "secret_string",
    (value) => {
      value.kept_days = 3650;
    },
  ),
  setting("serverless machines stop sooner", serverless, {
    "auto_stop_configuration.idle_timeout_minutes": 3,
  }),
  setting("serverless jobs run a later release", serverless, { release_label: "emr-7.9.0" }),
  setting(
    "a secret can be brought back for longer",
    ["dev-orchestration", "aws_secretsmanager_secret.smtp_default"],
    {
      recovery_window_in_days: 30,
    },
  ),
  setting(
    "a secret is described otherwise",
    ["prod-orchestration", "aws_secretsmanager_secret.smtp_default"],
    {
      description: "Mail",
    },
  ),
  setting("the database is backed up at another hour", store, { backup_window: "03:00-04:00" }),
  setting("the database moves to a later minor version", store, { engine_version: "17.10" }),
  setting("the database says more", ["dev-metadata", "aws_db_instance.store"], { monitoring_interval: 30 }),
  editing("slow statements are logged sooner", ["prod-metadata", "aws_db_parameter_group.store"], (block) => {
    block.parameter.find((one: { name: string }) => one.name === "log_min_duration_statement").value = "200";
  }),
  editing("every statement is logged", ["prod-metadata", "aws_db_parameter_group.store"], (block) => {
    block.parameter.find((one: { name: string }) => one.name === "log_statement").value = "all";
  }),
  editing(
    "parameters of the database in another order",
    ["prod-metadata", "aws_db_parameter_group.store"],
    (block) => block.parameter.reverse(),
  ),
  dropping("the VPN is given up", vpn),
  setting("the VPN greets otherwise", vpn, { "client_login_banner_options.banner_text": "Hello" }),
  setting("people sign in more often", vpn, { session_timeout_hours: 4 }),
  setting("a workgroup is described otherwise", ["prod-catalog", "aws_athena_workgroup.athena"], {
    description: "Queries",
  }),
  setting("a query reads otherwise", ["prod-catalog", "aws_athena_named_query.athena_top_products"], {
    query: "SELECT 1",
  }),
  editing(
    "a table has another comment",
    ["prod-catalog", "aws_glue_catalog_table.quarantine_orders"],
    (block) => {
      block.storage_descriptor.columns[0].comment = "Another";
    },
  ),
  editing(
    "the trail records one bucket more",
    ["bootstrap-111111111111", "aws_cloudtrail.trail"],
    (block) => {
      const selector = block.advanced_event_selector.at(-1);
      selector.field_selector
        .find((one: { starts_with?: string[] }) => one.starts_with)
        .starts_with.push("arn:aws:s3:::more/");
    },
  ),
  setting("a queue's messages wait longer", ["dev-events", "aws_sqs_queue.arrivals"], {
    visibility_timeout_seconds: 600,
  }),
  setting("a queue is asked for longer", ["dev-events", "aws_sqs_queue.arrivals"], {
    receive_wait_time_seconds: 10,
  }),
  inJson("a queue tries more often", ["dev-events", "aws_sqs_queue.arrivals"], "redrive_policy", (value) => {
    value.maxReceiveCount = 10;
  }),
  setting("a target of events has another id", ["dev-events", "aws_cloudwatch_event_target.arrivals"], {
    target_id: "arrivals",
  }),
  setting("a bucket is made once, and says so", bucket, { count: 1 }),
  setting("a bucket waits for a key", bucket, { depends_on: ["aws_kms_key.lake"] }),
  setting("access logs have another prefix", ["prod-lake", "aws_s3_bucket_logging.data"], {
    target_bucket: expression("aws_s3_bucket.access_logs.id"),
    target_prefix: "data/",
  }),
  setting(
    "small objects are archived as S3 decides",
    ["prod-lake", "aws_s3_bucket_lifecycle_configuration.data"],
    {
      transition_default_minimum_object_size: "varies_by_storage_class",
    },
  ),
  inJson(
    "an operator that says the same of a fixed ARN",
    ["dev-events", "aws_sqs_queue_policy.arrivals"],
    "policy",
    (policy) => {
      const { StringEquals, ArnEquals } = statement(policy, "FilledByEventRule").Condition;
      statement(policy, "FilledByEventRule").Condition = { StringEquals: { ...StringEquals, ...ArnEquals } };
    },
  ),
  ofStack("the default tags of the provider", ["prod-lake", "provider.aws"], (json) => {
    json.provider.aws[0].default_tags[0].tags.cost_centre = "analytics";
  }),
  ofStack("a later version of the provider", ["prod-lake", "terraform.required_providers"], (json) => {
    json.terraform.required_providers.aws.version = "6.26.0";
  }),
  ofStack("an output more that is no secret", ["prod-lake", "output.key_arn"], (json) => {
    json.output.key_arn = { value: expression("aws_kms_key.lake.arn"), description: "Key" };
  }),
  setting(
    "a rule of a security group is described otherwise",
    ["prod-network", "aws_vpc_security_group_ingress_rule.private_from_vpc"],
    {
      description: "From the VPC",
    },
  ),
  dropping("a saved query of somebody goes", [
    "prod-catalog",
    "aws_athena_named_query.athena_revenue_by_month",
  ]),
  ofStack(
    "a role's policy is written inside of the role",
    ["dev-processing", "aws_iam_role.emr_instance"],
    (json) => {
      const { name, policy } = at(json, "aws_iam_role_policy.emr_instance_jobs");
      delete json.resource.aws_iam_role_policy.emr_instance_jobs;
      at(json, "aws_iam_role.emr_instance").inline_policy = [{ name, policy }];
    },
  ),
];
