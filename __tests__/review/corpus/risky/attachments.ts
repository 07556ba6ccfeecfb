import type { Block } from "../../../stacks/synthesis";
import { at } from "../../synthesized";
import type { Case } from "../case";
import { adding, editing, ofStack, type Place, setting } from "../edits";

const expression = (text: string): string => `\${${text}}`;
const logs = expression("aws_s3_bucket.logs.id");
const lake = (type: string, label = "data"): Place => ["prod-lake", `${type}.${label}`];
const network = (address: string): Place => ["prod-network", address];

/** Settings of a bucket, queue or topic, or of the network, that move to another resource of the platform. */
export const movedExposure: readonly Case[] = [
  setting("public access is blocked for another bucket", lake("aws_s3_bucket_public_access_block"), {
    bucket: logs,
  }),
  setting("another bucket has the policy", lake("aws_s3_bucket_policy"), { bucket: logs }),
  setting("another bucket is encrypted", lake("aws_s3_bucket_server_side_encryption_configuration"), {
    bucket: logs,
  }),
  setting("another bucket ignores access lists", lake("aws_s3_bucket_ownership_controls"), { bucket: logs }),
  setting("another bucket's access is logged", lake("aws_s3_bucket_logging"), { bucket: logs }),
  setting("another bucket notifies", ["dev-events", "aws_s3_bucket_notification.data"], {
    bucket: expression("data.terraform_remote_state.lake.outputs.logs_bucket"),
  }),
  setting(
    "the database's subnet uses the public route table",
    network("aws_route_table_association.subnets_database_a"),
    {
      route_table_id: expression("aws_route_table.subnets_public.id"),
    },
  ),
  setting(
    "the database's subnet uses a route table with a NAT gateway",
    network("aws_route_table_association.subnets_database_a"),
    { route_table_id: expression("aws_route_table.subnets_private_a.id") },
  ),
  setting(
    "another subnet uses the route table",
    network("aws_route_table_association.subnets_public_application"),
    {
      subnet_id: expression("aws_subnet.subnets_database_a.id"),
    },
  ),
  ofStack("two network ACLs swap subnets", network("aws_network_acl.acls_database"), (json: Block) => {
    const [database, open] = ["database", "public"].map((one) => at(json, `aws_network_acl.acls_${one}`));
    [database.subnet_ids, open.subnet_ids] = [open.subnet_ids, database.subnet_ids];
  }),
  setting("the database is in public subnets", ["prod-metadata", "aws_db_subnet_group.store"], {
    subnet_ids: ["application", "vpn"].map((one) =>
      expression(`data.terraform_remote_state.network.outputs.public_subnet_${one}_id`),
    ),
  }),
  setting(
    "another topic has the policy",
    ["prod-observability", "aws_sns_topic_policy.alarms_critical_publishers"],
    {
      arn: expression("aws_sns_topic.alarms_warning.arn"),
    },
  ),
  setting("another queue has the policy", ["dev-events", "aws_sqs_queue_policy.arrivals"], {
    queue_url: expression("aws_sqs_queue.arrivals_dead.url"),
  }),
  setting("a NAT gateway is in another subnet", network("aws_nat_gateway.nat_gateways_a"), {
    subnet_id: expression("aws_subnet.subnets_private_a.id"),
  }),
  setting("an endpoint is in other subnets", network("aws_vpc_endpoint.endpoints_sqs"), {
    subnet_ids: ["vpn", "application"].map((one) => expression(`aws_subnet.subnets_public_${one}.id`)),
  }),
  setting("an alias names another key", lake("aws_kms_alias", "lake"), {
    target_key_id: expression("aws_kms_key.other.key_id"),
  }),
  setting(
    "a saved query runs in another workgroup",
    ["prod-catalog", "aws_athena_named_query.athena_top_products"],
    {
      workgroup: expression("aws_athena_workgroup.other.name"),
    },
  ),
];

/** Permissions, and files with code, that move or are new. */
export const movedAccess: readonly Case[] = [
  setting(
    "another queue accepts dead letters",
    ["dev-events", "aws_sqs_queue_redrive_allow_policy.arrivals_dead_from_queue"],
    { queue_url: expression("aws_sqs_queue.arrivals.url") },
  ),
  setting("another role has the policy", ["prod-network", "aws_iam_role_policy.flow_logs_writer_write"], {
    role: expression("aws_iam_role.other.name"),
  }),
  ...["Enabled", "Hidden"].map((value) =>
    editing(
      `Airflow tests connections: ${value}`,
      ["prod-orchestration", "aws_mwaa_environment.airflow"],
      (block) => {
        block.airflow_configuration_options["core.test_connection"] = value;
      },
    ),
  ),
  adding("a file that Airflow runs", ["prod-lake", "aws_s3_object.dag"], {
    bucket: expression("aws_s3_bucket.artifacts.id"),
    key: "airflow/dags/new.py",
    content: "print(1)",
  }),
];

/** Settings of objects and versions that move to another bucket. */
export const movedData: readonly Case[] = [
  setting("another bucket's objects expire", lake("aws_s3_bucket_lifecycle_configuration"), { bucket: logs }),
  setting("another bucket keeps versions", lake("aws_s3_bucket_versioning"), { bucket: logs }),
];
