import type { Json, Replacement } from "./change";
import replacements from "./replacements.json";

/**
 * The attributes of our types whose change makes Terraform destroy the resource and make another. A type that is listed
 * is listed whole: its other attributes change in place. `make test-schemas` compares them with AWS's create-only properties.
 *
 * From the provider's documentation (hashicorp/aws 6.25, page "Resource: <type>", "Forces new resource"), and, where a
 * page is silent, the schema's `ForceNew` and `RequiresReplace`.
 */
const forcing: Readonly<Record<string, readonly string[]>> = replacements;

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
  if (groupRule.test(type) && groupRuleSources.includes(path) && isSet(before) !== isSet(after)) return "yes";
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

/**
 * A rule of a security group gets other addresses or another group in place, but no source of another kind.
 * (hashicorp/aws, internal/service/ec2/vpc_security_group_ingress_rule.go, `ModifyPlan`)
 */
const groupRule = /^aws_vpc_security_group_(in|e)gress_rule$/;
const groupRuleSources = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
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
