import type { Json, Replacement } from "./change";

/**
 * The attributes of our types whose change makes Terraform destroy the resource and make another. A type that is listed
 * is listed whole: its other attributes change in place.
 *
 * From the provider's documentation (hashicorp/aws 6.25, page "Resource: <type>", "Forces new resource"), and, where a
 * page is silent, the schema's `ForceNew` and `RequiresReplace`.
 */
const forcing: Readonly<Record<string, readonly string[]>> = {
  aws_appautoscaling_policy: ["name", "resource_id", "scalable_dimension", "service_namespace"],
  aws_appautoscaling_target: ["resource_id", "scalable_dimension", "service_namespace"],
  aws_athena_workgroup: ["name"],
  aws_cloudtrail: ["name"],
  aws_cloudwatch_log_group: ["name", "name_prefix", "log_group_class"],
  aws_db_instance: [
    "availability_zone",
    "character_set_name",
    "custom_iam_instance_profile",
    "db_name",
    "engine",
    "kms_key_id",
    "nchar_character_set_name",
    "restore_to_point_in_time",
    "snapshot_identifier",
    "storage_encrypted",
    "timezone",
    "username",
  ],
  aws_db_parameter_group: ["name", "name_prefix", "family", "description"],
  aws_db_subnet_group: ["name", "name_prefix"],
  aws_ec2_client_vpn_authorization_rule: [
    "access_group_id",
    "authorize_all_groups",
    "client_vpn_endpoint_id",
    "description",
    "target_network_cidr",
  ],
  aws_ec2_client_vpn_endpoint: ["authentication_options", "client_cidr_block", "transport_protocol"],
  aws_ec2_client_vpn_network_association: ["client_vpn_endpoint_id", "subnet_id"],
  aws_eip: ["address", "customer_owned_ipv4_pool", "domain", "network_border_group", "public_ipv4_pool"],
  aws_emr_security_configuration: ["configuration", "name", "name_prefix"],
  aws_emrserverless_application: ["name", "network_configuration", "type"],
  aws_flow_log: [
    "destination_options",
    "iam_role_arn",
    "log_destination",
    "log_destination_type",
    "log_format",
    "max_aggregation_interval",
    "subnet_id",
    "traffic_type",
    "vpc_id",
  ],
  aws_glue_catalog_database: ["catalog_id", "name"],
  aws_glue_catalog_table: [
    "catalog_id",
    "database_name",
    "name",
    "open_table_format_input",
    "partition_index",
  ],
  aws_iam_instance_profile: ["name", "name_prefix", "path"],
  aws_iam_policy: ["description", "name", "name_prefix", "path"],
  aws_iam_role: ["name", "name_prefix", "path"],
  aws_iam_role_policy: ["name", "name_prefix", "role"],
  aws_iam_role_policy_attachment: ["policy_arn", "role"],
  aws_internet_gateway: [],
  aws_kms_alias: ["name", "name_prefix"],
  aws_kms_key: ["custom_key_store_id", "customer_master_key_spec", "key_usage", "multi_region", "xks_key_id"],
  // Versions go up in place; subnets, groups and encryption are for the cluster's life.
  // Sources: Amazon MSK API Reference, "BrokerNodeGroupInfo"; provider, internal/service/kafka/cluster.go.
  aws_msk_cluster: [
    "broker_node_group_info.az_distribution",
    "broker_node_group_info.client_subnets",
    "broker_node_group_info.security_groups",
    "cluster_name",
    "encryption_info.encryption_at_rest_kms_key_arn",
    "encryption_info.encryption_in_transit.in_cluster",
  ],
  aws_msk_configuration: ["kafka_versions", "name"],
  aws_mwaa_environment: ["endpoint_management", "kms_key", "name", "network_configuration.subnet_ids"],
  aws_nat_gateway: ["allocation_id", "connectivity_type", "private_ip", "subnet_id"],
  aws_network_acl: ["vpc_id"],
  aws_route: [
    "destination_cidr_block",
    "destination_ipv6_cidr_block",
    "destination_prefix_list_id",
    "route_table_id",
  ],
  aws_route_table: ["vpc_id"],
  aws_s3_bucket: ["bucket", "bucket_prefix", "object_lock_enabled"],
  aws_s3_bucket_policy: ["bucket"],
  aws_secretsmanager_secret: ["name", "name_prefix"],
  aws_security_group: ["description", "name", "name_prefix", "vpc_id"],
  aws_sns_topic: ["fifo_topic", "name", "name_prefix"],
  aws_sqs_queue: ["fifo_queue", "name", "name_prefix"],
  aws_subnet: [
    "availability_zone",
    "availability_zone_id",
    "cidr_block",
    "ipv6_native",
    "outpost_arn",
    "vpc_id",
  ],
  aws_vpc: ["cidr_block", "instance_tenancy", "ipv4_ipam_pool_id", "ipv4_netmask_length"],
  aws_vpc_endpoint: ["service_name", "service_region", "vpc_endpoint_type", "vpc_id"],
  aws_vpc_security_group_egress_rule: ["security_group_id"],
  aws_vpc_security_group_ingress_rule: ["security_group_id"],
};

/** What is Terraform's own, or changes in place whatever the type. */
const inPlace = ["lifecycle", "depends_on", "provider", "tags", "tags_all", "timeouts"];

/** Whether a change of an attribute replaces a resource of a type. */
export function attributeReplaces(
  type: string,
  path: string,
  before: Json | undefined,
  after: Json | undefined,
): Replacement {
  if (inPlace.some((attribute) => isIn(path, attribute))) return "no";
  // Since version 6 of the provider every resource has a region, and none can leave it.
  if (path === "region") return "yes";
  if (type === "aws_mwaa_environment" && path === "airflow_version") return replacesAirflow(before, after);
  if (type === "aws_msk_cluster" && path === "kafka_version") return replacesKafka(before, after);
  const attributes = forcing[type];
  if (attributes === undefined) return "unknown";
  return attributes.some((attribute) => isIn(path, attribute)) ? "yes" : "no";
}

/** The attributes that force a replacement of a type; empty for types the table does not know. */
export function forcingAttributes(type: string): readonly string[] {
  return forcing[type] ?? [];
}

function isIn(path: string, attribute: string): boolean {
  return path === attribute || path.startsWith(`${attribute}.`) || path.startsWith(`${attribute}[`);
}

/** Airflow moves within a major version in place. ("Upgrading the Apache Airflow version", Amazon MWAA User Guide) */
function replacesAirflow(before: Json | undefined, after: Json | undefined): Replacement {
  const [was, is] = [before, after].map((version) => Number(String(version).split(".")[0]));
  if (was === undefined || is === undefined || Number.isNaN(was + is)) return "unknown";
  return was < is ? "yes" : "no";
}

/** MSK updates to later versions only: `3.9.x.kraft` before `4.0.x.kraft`. (hashicorp/aws, "Resource: aws_msk_cluster") */
function replacesKafka(before: Json | undefined, after: Json | undefined): Replacement {
  const [was, is] = [before, after].map((version) => {
    const [major = NaN, minor = NaN] = String(version).split(".").map(Number);
    return major * 1000 + minor;
  });
  if (was === undefined || is === undefined || Number.isNaN(was + is)) return "unknown";
  return is < was ? "yes" : "no";
}

/** What is lost with a resource of a type that holds something. */
const holdings: Readonly<Record<string, string>> = {
  aws_athena_workgroup: "the history of its queries",
  aws_ce_anomaly_monitor: "what it has learned of the account's costs",
  aws_cloudwatch_log_group: "the logs in it",
  aws_db_instance: "its databases, but for a final snapshot",
  aws_dynamodb_table: "the items in it",
  aws_ec2_client_vpn_endpoint: "the address in everybody's VPN profile",
  aws_efs_file_system: "the files in it",
  aws_eip: "an address that others may have allowed",
  aws_emrserverless_application: "the history of its job runs",
  aws_glue_catalog_database: "the definitions of its tables",
  aws_glue_catalog_table: "its definition and statistics, though not its files,",
  aws_iam_openid_connect_provider: "the access of every workflow of the account",
  aws_iam_service_linked_role: "the role by which the account starts spot instances",
  aws_kms_key: "the way to read what it encrypted",
  aws_msk_cluster: "every record that no job has archived",
  aws_mwaa_environment: "Airflow's history of runs",
  aws_rds_cluster: "its databases, but for a final snapshot",
  aws_s3_bucket: "every object in it",
  aws_secretsmanager_secret: "the secret in it",
  aws_sqs_queue: "the messages in it",
  aws_subnet: "everything that has an address in it",
  aws_vpc: "the network that everything is in",
};

/** What is lost with a resource of a type; undefined for types that can be made again as they were. */
export function holdingOf(type: string): string | undefined {
  return holdings[type];
}
