import type { Case } from "../case";
import { dropping, editing, inJson, type Place, setting } from "../edits";

const trail: Place = ["bootstrap-111111111111", "aws_cloudtrail.trail"];
const cpu: Place = ["prod-observability", "aws_cloudwatch_metric_alarm.database_cpu"];
const store: Place = ["prod-metadata", "aws_db_instance.store"];
const parameters: Place = ["prod-metadata", "aws_db_parameter_group.store"];
const airflow: Place = ["prod-orchestration", "aws_mwaa_environment.airflow"];
const facts: Place = ["prod-processing", "aws_secretsmanager_secret_version.facts"];
const budget: Place = ["prod-observability", "aws_budgets_budget.monthly"];

/** Sets an option of Spark, as `processing.spark_conf` does. */
const spark = (name: string, key: string, value: string): Case =>
  inJson(name, facts, "secret_string", (all) => {
    all.spark_conf = { ...all.spark_conf, [key]: value };
  });

/** Sets an option of Airflow. */
const option = (name: string, key: string, value: string): Case =>
  editing(name, airflow, (block) => {
    block.airflow_configuration_options[key] = value;
  });

/** Changes after which less is seen, and options that expose what is on the wire or on a page. */
export const observation: readonly Case[] = [
  editing("the trail's selector loses a bucket", trail, (block) => {
    const selector = block.advanced_event_selector.at(-1);
    selector.field_selector.find((one: { starts_with?: string[] }) => one.starts_with).starts_with.pop();
  }),
  editing("statements that change the database are not logged", parameters, (block) => {
    block.parameter = block.parameter.filter((one: { name: string }) => one.name !== "log_statement");
  }),
  editing("connections to the database are not logged", parameters, (block) => {
    block.parameter.find((one: { name: string }) => one.name === "log_connections").value = "0";
  }),
  editing("slow statements are not logged", parameters, (block) => {
    block.parameter.find((one: { name: string }) => one.name === "log_min_duration_statement").value = "-1";
  }),
  option("Airflow logs only critical messages", "logging.logging_level", "CRITICAL"),
  option("Airflow logs only errors", "logging.logging_level", "ERROR"),
  dropping("an alarm goes", ["prod-observability", "aws_cloudwatch_metric_alarm.database_storage"]),
  setting("an alarm tells nobody", cpu, { actions_enabled: false }),
  setting("an alarm has no actions", cpu, { alarm_actions: undefined }),
  setting("an alarm's threshold is out of reach", cpu, { threshold: 99 }),
  setting(
    "an alarm for too little storage comes late",
    ["prod-observability", "aws_cloudwatch_metric_alarm.database_storage"],
    {
      threshold: 1,
    },
  ),
  setting("an alarm waits for more periods", cpu, { evaluation_periods: 500 }),
  setting("an alarm reads another metric", cpu, { metric_name: "BurstBalance" }),
  setting("an alarm does not mind missing data", cpu, { treat_missing_data: "ignore" }),
  setting("an alarm watches another database", cpu, { dimensions: { DBInstanceIdentifier: "another" } }),
  dropping("the budget goes", budget),
  editing("the budget mentions the bill later", budget, (block) => {
    for (const one of block.notification) one.threshold = 1000;
  }),
  editing("the budget tells nobody", budget, (block) => {
    block.notification = [];
  }),
  dropping("nobody hears of unusual costs", [
    "bootstrap-111111111111",
    "aws_ce_anomaly_subscription.cost_anomalies",
  ]),
  dropping("nobody looks for unusual costs", [
    "bootstrap-111111111111",
    "aws_ce_anomaly_monitor.cost_anomalies",
  ]),
  editing(
    "unusual costs are told from a million on",
    ["bootstrap-111111111111", "aws_ce_anomaly_subscription.cost_anomalies"],
    (block) => {
      block.threshold_expression = JSON.parse(
        JSON.stringify(block.threshold_expression).replace('"100"', '"1000000"'),
      );
    },
  ),
  dropping("nobody hears of alarms", [
    "prod-observability",
    "aws_sns_topic_subscription.alarms_critical_mail_0",
  ]),
  dropping("a failed step is no event", ["prod-observability", "aws_cloudwatch_event_rule.emr_failed_step"]),
  dropping("a failed cluster reaches nobody", [
    "prod-observability",
    "aws_cloudwatch_event_target.emr_failed_cluster",
  ]),
  setting("a rule of events is off", ["prod-observability", "aws_cloudwatch_event_rule.emr_failed_step"], {
    state: "DISABLED",
  }),
  setting("tasks log only what is critical", airflow, {
    "logging_configuration.task_logs.log_level": "CRITICAL",
  }),
  setting("a bucket no longer says what arrives", ["dev-events", "aws_s3_bucket_notification.data"], {
    eventbridge: false,
  }),
  setting("queries publish no metrics", ["prod-catalog", "aws_athena_workgroup.athena"], {
    "configuration.publish_cloudwatch_metrics_enabled": false,
  }),
  setting("performance of the database is not recorded", store, { performance_insights_enabled: false }),
  setting("the database is measured less often", store, { monitoring_interval: 0 }),
  spark("Spark's processes do not authenticate", "spark.authenticate", "false"),
  spark("Spark's traffic is plain", "spark.network.crypto.enabled", "false"),
  spark("Spark connects to S3 without TLS", "spark.hadoop.fs.s3a.connection.ssl.enabled", "false"),
  spark("Spark writes no event log", "spark.eventLog.enabled", "false"),
  option("Airflow shows its configuration", "webserver.expose_config", "True"),
  option("Airflow shows secrets in its variables", "core.hide_sensitive_var_conn_fields", "False"),
  setting("the VPN has a page of its own", ["prod-access", "aws_ec2_client_vpn_endpoint.vpn"], {
    self_service_portal: "enabled",
  }),
  ...["0.0.0.0/1", "128.0.0.0/1", "203.0.113.7/32"].map((range) =>
    setting(
      `addresses of ${range} reach the database`,
      ["prod-network", "aws_vpc_security_group_ingress_rule.metadata_from_vpn"],
      {
        cidr_ipv4: range,
        referenced_security_group_id: undefined,
      },
    ),
  ),
];
