import { type Switch, whenFalse, whenTrue } from "../switches";

const publicAccess = [
  "block_public_acls",
  "block_public_policy",
  "ignore_public_acls",
  "restrict_public_buckets",
].flatMap((path) =>
  ["aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"].map((type) => ({
    type,
    path,
    isSafe: whenTrue,
    unsafe: "Public access is not blocked",
  })),
);

const airflowLogs = [
  "dag_processing_logs",
  "scheduler_logs",
  "task_logs",
  "webserver_logs",
  "worker_logs",
].map((kind) => ({
  type: "aws_mwaa_environment",
  path: `logging_configuration.${kind}.enabled`,
  isSafe: whenTrue,
  unsafe: "Airflow's log is off",
}));

const clusterEncryption = [
  "EnableAtRestEncryption",
  "EnableInTransitEncryption",
  "AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration.EnableEbsEncryption",
].map((path) => ({
  type: "aws_emr_security_configuration",
  path: `configuration.EncryptionConfiguration.${path}`,
  isSafe: whenTrue,
  unsafe: "Clusters do not encrypt",
}));

const trail = ["enable_logging", "include_global_service_events"].map((path) => ({
  type: "aws_cloudtrail",
  path,
  isSafe: byDefault,
  unsafe: "The trail sees less",
}));

const trailOptions = ["enable_log_file_validation", "is_multi_region_trail"].map((path) => ({
  type: "aws_cloudtrail",
  path,
  isSafe: whenTrue,
  unsafe: "The trail proves less",
}));

/**
 * Settings that make something public, unencrypted or unseen. What is taken for granted when a setting is not written
 * is from the provider's documentation of each type (hashicorp/aws 6.25).
 */
export const switches: readonly Switch[] = [
  ...publicAccess,
  ...airflowLogs,
  ...clusterEncryption,
  ...trail,
  ...trailOptions,
  {
    type: "aws_db_instance",
    path: "publicly_accessible",
    isSafe: whenFalse,
    unsafe: "The database has a public address",
  },
  {
    type: "aws_db_instance",
    path: "storage_encrypted",
    isSafe: whenTrue,
    unsafe: "The disk is not encrypted",
  },
  {
    type: "aws_subnet",
    path: "map_public_ip_on_launch",
    isSafe: whenFalse,
    unsafe: "What starts in the subnet gets a public address",
  },
  {
    type: "aws_mwaa_environment",
    path: "webserver_access_mode",
    isSafe: (mode) => (mode ?? "PRIVATE_ONLY") === "PRIVATE_ONLY",
    unsafe: "Airflow's web server answers the internet",
  },
  { type: "aws_kms_key", path: "enable_key_rotation", isSafe: whenTrue, unsafe: "The key is not rotated" },
  { type: "aws_kms_key", path: "is_enabled", isSafe: byDefault, unsafe: "The key is off" },
  {
    type: "aws_ec2_client_vpn_endpoint",
    path: "connection_log_options.enabled",
    isSafe: whenTrue,
    unsafe: "Connections are not logged",
  },
  {
    type: "aws_athena_workgroup",
    path: "configuration.enforce_workgroup_configuration",
    isSafe: byDefault,
    unsafe: "A query may choose its own place and encryption",
  },
  {
    type: "aws_s3_bucket_ownership_controls",
    path: "rule.object_ownership",
    isSafe: (ownership) => ownership === "BucketOwnerEnforced",
    unsafe: "Access lists of objects count again",
  },
  {
    type: "aws_s3_bucket_acl",
    path: "acl",
    isSafe: (acl) => !String(acl ?? "private").startsWith("public"),
    unsafe: "The bucket's access list is public",
  },
  {
    type: "aws_emr_security_configuration",
    path: "configuration.InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion",
    isSafe: (version) => version === 2,
    unsafe: "Nodes answer the old metadata service",
  },
  {
    type: "aws_emrserverless_application",
    path: "monitoring_configuration.cloudwatch_logging_configuration.enabled",
    isSafe: whenTrue,
    unsafe: "Jobs write no log",
  },
];

function byDefault(value: Parameters<typeof whenTrue>[0]): boolean {
  return whenTrue(value, true);
}
