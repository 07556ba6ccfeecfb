/** A check that some resources need not pass, and why. */
export interface Waiver {
  readonly check: string;
  readonly reason: string;
  /** `<stack> <address>`, the stack without its environment or account. */
  readonly addresses: readonly string[];
  /**
   * The environment in which alone it holds: `everything` is the example with every capability.
   * @default every environment
   */
  readonly only?: "dev" | "everything";
}

const securityGroups = [
  "airflow",
  "emr_core",
  "emr_primary",
  "emr_serverless",
  "emr_service_access",
  "metadata",
  "private",
  "vpn",
];

const factStacks = ["network", "lake", "catalog", "events", "metadata", "processing", "orchestration"];

const lakeBuckets = ["access_logs", "artifacts", "athena", "data", "logs"];

const buckets = [
  "bootstrap aws_s3_bucket.state",
  "bootstrap aws_s3_bucket.trail_records",
  ...lakeBuckets.map((bucket) => `lake aws_s3_bucket.${bucket}`),
];

const airflowLogs = ["dag_processing", "scheduler", "task", "web_server", "worker"];

const facts = factStacks.map((stack) => `${stack} aws_secretsmanager_secret.facts`);

export const waivers: readonly Waiver[] = [
  {
    check: "CKV2_AWS_5",
    reason:
      "The network stack owns every group; they are attached by other stacks, and by the clusters of a run.",
    addresses: securityGroups.map((group) => `network aws_security_group.${group}`),
  },
  {
    check: "CKV2_AWS_5",
    reason:
      "Development has no interface endpoints; the group, which is published, is for those that somebody adds.",
    addresses: ["network aws_security_group.endpoints_interface"],
    only: "dev",
  },
  {
    check: "CKV2_AWS_10",
    reason:
      "The trail is kept in its own bucket and searched there; nothing of ours alarms on single API calls.",
    addresses: ["bootstrap aws_cloudtrail.trail"],
  },
  {
    check: "CKV_AWS_252",
    reason: "A message for each file of the trail would have no reader.",
    addresses: ["bootstrap aws_cloudtrail.trail"],
  },
  {
    check: "CKV2_AWS_57",
    reason: "Facts hold nothing secret, and a mail server's password changes at the mail server first.",
    addresses: [...facts, "orchestration aws_secretsmanager_secret.smtp_default"],
  },
  {
    check: "CKV_AWS_149",
    reason:
      "Facts hold nothing confidential: names and ids, which are outputs too. Secrets Manager's own key serves.",
    addresses: facts,
  },
  {
    check: "CKV2_AWS_62",
    reason:
      "Nothing reacts to single objects there; tables change by one pointer, and logs are read when needed.",
    addresses: buckets,
  },
  {
    check: "CKV_AWS_144",
    reason:
      "Versions and a drilled restore bring objects back; a second region doubles the storage of a small company.",
    addresses: buckets,
  },
  {
    check: "CKV_AWS_145",
    reason:
      "The target of access logs takes SSE-S3 only; the states are not to be lost with a key (both encrypted by S3).",
    addresses: ["bootstrap aws_s3_bucket.state", "lake aws_s3_bucket.access_logs"],
  },
  {
    check: "CKV_AWS_18",
    reason:
      "Who touches states is in the trail, object by object; the trail's own bucket is never its target.",
    addresses: ["bootstrap aws_s3_bucket.state", "bootstrap aws_s3_bucket.trail_records"],
  },
  {
    check: "CKV_AWS_231",
    reason: "A list without memory has to admit answers on 1024-65535; security groups admit nobody on 3389.",
    addresses: ["network aws_network_acl.acls_private", "network aws_network_acl.acls_public"],
  },
  {
    check: "CKV_AWS_157",
    reason: "Development waits for a database that comes back; a standby would double its price.",
    addresses: ["metadata aws_db_instance.store"],
    only: "dev",
  },
  {
    check: "CKV_AWS_293",
    reason: "Development comes and goes as a whole; its runs can be repeated.",
    addresses: ["metadata aws_db_instance.store"],
    only: "dev",
  },
  {
    check: "CKV_AWS_338",
    reason: "Development's logs are for debugging last week's change, not for an audit.",
    addresses: [
      "access aws_cloudwatch_log_group.vpn_connections",
      "metadata aws_cloudwatch_log_group.store_postgresql",
      "metadata aws_cloudwatch_log_group.store_upgrade",
      "network aws_cloudwatch_log_group.flow_logs",
      ...airflowLogs.map((log) => `orchestration aws_cloudwatch_log_group.airflow_${log}`),
    ],
    only: "dev",
  },
  {
    check: "CKV2_AWS_5",
    reason:
      "The network stack owns every group; the brokers' is attached by another stack, the clients' by clients.",
    addresses: ["kafka_brokers", "kafka_clients"].map((group) => `network aws_security_group.${group}`),
    only: "everything",
  },
  {
    check: "CKV_AWS_338",
    reason: "The example is a development environment, whose logs are for debugging last week's change.",
    addresses: ["streaming aws_cloudwatch_log_group.brokers"],
    only: "everything",
  },
];
