import type { Case } from "../case";
import { adding, editing, inJson, type Place, setting } from "../edits";

const facts: Place = ["prod-processing", "aws_secretsmanager_secret_version.facts"];
const airflow: Place = ["prod-orchestration", "aws_mwaa_environment.airflow"];
const foreignQueue = "arn:aws:sqs:eu-north-1:999999999999:theirs";

/** Changes that lead data, secrets, code or requests elsewhere. */
export const destinations: readonly Case[] = [
  setting("arrivals go to another account's queue", ["dev-events", "aws_cloudwatch_event_target.arrivals"], {
    arn: foreignQueue,
  }),
  setting("undelivered events go elsewhere", ["dev-events", "aws_cloudwatch_event_target.arrivals"], {
    "dead_letter_config.arn": "arn:aws:sqs:us-east-1:111111111111:dead",
  }),
  setting("events pass another bus", ["dev-events", "aws_cloudwatch_event_target.arrivals"], {
    event_bus_name: "arn:aws:events:eu-north-1:999999999999:event-bus/theirs",
  }),
  setting("a bucket notifies a foreign function", ["dev-events", "aws_s3_bucket_notification.data"], {
    lambda_function: [
      {
        lambda_function_arn: "arn:aws:lambda:eu-north-1:999999999999:function:copy",
        events: ["s3:ObjectCreated:*"],
      },
    ],
  }),
  adding(
    "objects are replicated to another account",
    ["prod-lake", "aws_s3_bucket_replication_configuration.data"],
    {
      bucket: "data",
      role: "arn:aws:iam::222222222222:role/replication",
      rule: [
        {
          id: "all",
          status: "Enabled",
          destination: [{ account: "999999999999", bucket: "arn:aws:s3:::theirs" }],
        },
      ],
    },
  ),
  adding(
    "alarms are posted to an address of the web",
    ["prod-observability", "aws_sns_topic_subscription.web"],
    {
      topic_arn: "arn:aws:sns:eu-north-1:222222222222:alarms",
      protocol: "https",
      endpoint: "https://collect.example.org/alarms",
    },
  ),
  setting(
    "mails of alarms go outside",
    ["prod-observability", "aws_sns_topic_subscription.alarms_critical_mail_0"],
    {
      endpoint: "somebody@example.org",
    },
  ),
  editing(
    "an alarm tells another topic",
    ["prod-observability", "aws_cloudwatch_metric_alarm.database_cpu"],
    (alarm) => alarm.alarm_actions.push("arn:aws:sns:eu-north-1:999999999999:theirs"),
  ),
  setting("Airflow loads its DAGs from another bucket", airflow, {
    source_bucket_arn: "arn:aws:s3:::their-dags",
  }),
  inJson("clusters write their logs elsewhere", facts, "secret_string", (value) => {
    value.log_uri = "s3://theirs/logs/";
  }),
  inJson("Spark's event logs go elsewhere", facts, "secret_string", (value) => {
    value.spark_event_log_uri = "s3://theirs/spark/";
  }),
  inJson(
    "jobs read another data bucket",
    ["prod-lake", "aws_secretsmanager_secret_version.facts"],
    "secret_string",
    (value) => {
      value.data_bucket = "theirs";
    },
  ),
  inJson(
    "jobs come from another bucket",
    ["prod-lake", "aws_secretsmanager_secret_version.facts"],
    "secret_string",
    (value) => {
      value.artifacts_bucket = "theirs";
    },
  ),
  inJson(
    "Airflow talks to another database",
    ["prod-metadata", "aws_secretsmanager_secret_version.facts"],
    "secret_string",
    (value) => {
      value.address = "db.example.org";
    },
  ),
  setting("lineage goes out over plain HTTP", airflow, {
    airflow_configuration_options: {
      "core.load_examples": "False",
      "openlineage.transport": '{"type":"http","url":"http://lineage.example.org"}',
    },
  }),
  editing("secrets come from another backend", airflow, (block) => {
    block.airflow_configuration_options["secrets.backend"] = "their.Backend";
  }),
  setting(
    "objects are encrypted with another account's key",
    ["prod-lake", "aws_s3_bucket_server_side_encryption_configuration.data"],
    {
      rule: [
        {
          bucket_key_enabled: true,
          apply_server_side_encryption_by_default: [
            { sse_algorithm: "aws:kms", kms_master_key_id: "arn:aws:kms:eu-north-1:999999999999:key/theirs" },
          ],
          blocked_encryption_types: ["SSE-C"],
        },
      ],
    },
  ),
  setting("a queue is encrypted with another account's key", ["dev-events", "aws_sqs_queue.arrivals"], {
    kms_master_key_id: "arn:aws:kms:eu-north-1:999999999999:key/theirs",
  }),
  setting("results of queries go to another bucket", ["prod-catalog", "aws_athena_workgroup.athena"], {
    "configuration.result_configuration.output_location": "s3://theirs/results/",
  }),
  setting("tables lie in another bucket", ["prod-catalog", "aws_glue_catalog_database.marts"], {
    location_uri: "s3://theirs/marts",
  }),
  setting(
    "quarantined rows lie in another bucket",
    ["prod-catalog", "aws_glue_catalog_table.quarantine_orders"],
    {
      "storage_descriptor.location": "s3://theirs/quarantine",
    },
  ),
  setting("the trail is kept in another bucket", ["bootstrap-222222222222", "aws_cloudtrail.trail"], {
    s3_bucket_name: "theirs",
  }),
  setting("flow logs go to a bucket of somebody else", ["prod-network", "aws_flow_log.flow_logs"], {
    log_destination: "arn:aws:s3:::theirs",
    log_destination_type: "s3",
  }),
  setting("access logs of the data go elsewhere", ["prod-lake", "aws_s3_bucket_logging.data"], {
    target_bucket: "theirs",
  }),
  setting("people ask another name server", ["prod-access", "aws_ec2_client_vpn_endpoint.vpn"], {
    dns_servers: ["203.0.113.53"],
  }),
  setting(
    "all traffic of the people's machines goes through the VPN",
    ["prod-access", "aws_ec2_client_vpn_endpoint.vpn"],
    {
      split_tunnel: false,
    },
  ),
  setting(
    "an endpoint loses its private name",
    ["prod-network", "aws_vpc_endpoint.endpoints_secretsmanager"],
    {
      private_dns_enabled: false,
    },
  ),
  setting("a stack reads another state", ["prod-processing", "data.terraform_remote_state.lake"], {
    "config.bucket": "their-state",
  }),
  setting(
    "a stack reads another environment's state",
    ["prod-processing", "data.terraform_remote_state.lake"],
    {
      "config.key": "big-data/dev/lake.tfstate",
    },
  ),
  setting("dead letters go to another account", ["dev-events", "aws_sqs_queue.arrivals"], {
    redrive_policy: JSON.stringify({ deadLetterTargetArn: foreignQueue, maxReceiveCount: 5 }),
  }),
  setting(
    "a secret is replicated to another region",
    ["prod-orchestration", "aws_secretsmanager_secret.smtp_default"],
    {
      replica: [{ region: "us-east-1" }],
    },
  ),
  setting("a way out leads through a peering", ["prod-network", "aws_route.nat_gateways_private_a"], {
    nat_gateway_id: undefined,
    vpc_peering_connection_id: "pcx-1",
  }),
  setting(
    "database subnets get a way to the internet",
    ["prod-network", "aws_route_table.subnets_database"],
    {
      route: [{ cidr_block: "0.0.0.0/0", gateway_id: "igw-1" }],
    },
  ),
  setting(
    "serverless jobs write metrics to a server of somebody else",
    ["dev-processing", "aws_emrserverless_application.emr_serverless"],
    {
      "monitoring_configuration.prometheus_monitoring_configuration": {
        remote_write_url: "https://example.org/write",
      },
    },
  ),
  setting(
    "logs of serverless jobs go elsewhere",
    ["dev-processing", "aws_emrserverless_application.emr_serverless"],
    {
      "monitoring_configuration.s3_monitoring_configuration.log_uri": "s3://theirs/logs",
    },
  ),
  adding(
    "logs are streamed to another account",
    ["prod-network", "aws_cloudwatch_log_subscription_filter.copy"],
    {
      name: "copy",
      log_group_name: "flow-logs",
      filter_pattern: "",
      destination_arn: "arn:aws:logs:eu-north-1:999999999999:destination:theirs",
    },
  ),
];
