import { at, drop, editJson, rename, ruleOf } from "../../synthesized";
import type { Case } from "../case";

const data = "aws_s3_bucket.data";

/** Resources that read otherwise, move, or are guarded better. */
export const resources: readonly Case[] = [
  {
    name: "a tag",
    stack: "dev-network",
    address: "aws_vpc.vpc",
    edit: (json) => {
      at(json, "aws_vpc.vpc").tags.purpose = "everything";
    },
  },
  {
    name: "a bucket moves with a moved block, and references follow",
    stack: "dev-lake",
    address: "aws_s3_bucket.lake_data",
    edit: (json) => {
      const text = JSON.stringify(json).replaceAll("aws_s3_bucket.data.", "aws_s3_bucket.lake_data.");
      Object.assign(json, JSON.parse(text), { moved: [{ from: data, to: "aws_s3_bucket.lake_data" }] });
      rename(json, data, "aws_s3_bucket.lake_data");
    },
  },
  {
    name: "subnets in another order",
    stack: "dev-network",
    address: "aws_vpc_endpoint.endpoints_logs",
    edit: (json) => at(json, "aws_vpc_endpoint.endpoints_logs").subnet_ids.reverse(),
  },
  {
    name: "rules of a lifecycle in another order",
    stack: "prod-lake",
    address: "aws_s3_bucket_lifecycle_configuration.data",
    edit: (json) => at(json, "aws_s3_bucket_lifecycle_configuration.data").rule.reverse(),
  },
  {
    name: "old versions are kept for longer",
    stack: "prod-lake",
    address: "aws_s3_bucket_lifecycle_configuration.data",
    edit: (json) => {
      const rule = ruleOf(at(json, "aws_s3_bucket_lifecycle_configuration.data"), "noncurrent-versions");
      rule.noncurrent_version_expiration[0].noncurrent_days = 90;
    },
  },
  {
    name: "a zone repeats what holds for the whole bucket",
    stack: "prod-lake",
    address: "aws_s3_bucket_lifecycle_configuration.data",
    edit: (json) => {
      const everywhere = ruleOf(
        at(json, "aws_s3_bucket_lifecycle_configuration.data"),
        "noncurrent-versions",
      );
      const raw = ruleOf(at(json, "aws_s3_bucket_lifecycle_configuration.data"), "raw");
      raw.noncurrent_version_expiration = structuredClone(everywhere.noncurrent_version_expiration);
    },
  },
  {
    name: "an alarm that goes off sooner",
    stack: "prod-observability",
    address: "aws_cloudwatch_metric_alarm.database_cpu",
    edit: (json) => {
      at(json, "aws_cloudwatch_metric_alarm.database_cpu").threshold = 60;
    },
  },
  {
    name: "logs are kept for longer",
    stack: "dev-network",
    address: "aws_cloudwatch_log_group.flow_logs",
    edit: (json) => {
      at(json, "aws_cloudwatch_log_group.flow_logs").retention_in_days = 365;
    },
  },
  {
    name: "flow logs see everything",
    stack: "dev-network",
    address: "aws_flow_log.flow_logs",
    edit: (json) => {
      at(json, "aws_flow_log.flow_logs").traffic_type = "ALL";
    },
  },
  {
    name: "backups are kept for longer, and the database is protected",
    stack: "dev-metadata",
    address: "aws_db_instance.store",
    edit: (json) => {
      Object.assign(at(json, "aws_db_instance.store"), {
        backup_retention_period: 14,
        deletion_protection: true,
      });
    },
  },
  {
    name: "a minor version of the database",
    stack: "dev-metadata",
    address: "aws_db_instance.store",
    edit: (json) => {
      at(json, "aws_db_instance.store").engine_version = "17.2";
    },
  },
  {
    name: "a saved query goes",
    stack: "dev-catalog",
    address: "aws_athena_named_query.athena_top_products",
    edit: (json) => drop(json, "aws_athena_named_query.athena_top_products"),
  },
  {
    name: "a block written as a list of one",
    stack: "dev-processing",
    address: "aws_emrserverless_application.emr_serverless",
    edit: (json) => {
      const application = at(json, "aws_emrserverless_application.emr_serverless");
      application.maximum_capacity = [application.maximum_capacity];
    },
  },
  {
    name: "what is let go of without being destroyed",
    stack: "dev-events",
    address: "aws_sqs_queue.arrivals_dead",
    edit: (json) => {
      drop(json, "aws_sqs_queue.arrivals_dead");
      json.removed = [{ from: "aws_sqs_queue.arrivals_dead", lifecycle: [{ destroy: false }] }];
    },
  },
  {
    name: "JSON with its keys in another order",
    stack: "prod-processing",
    address: "aws_secretsmanager_secret_version.facts",
    edit: (json) =>
      editJson(json, "aws_secretsmanager_secret_version.facts", "secret_string", (facts) => {
        const { compute, ...rest } = facts;
        delete facts.compute;
        Object.assign(facts, rest, { compute });
      }),
  },
];
