import type { EnvironmentConfig } from "../../config";
import { iamArnOf, type Place } from "../../policies/arn";
import {
  auditorBoundaryArn,
  type BoundedEnvironment,
  environmentBoundaryArn,
} from "../../policies/boundary/scope";

/** The names by which the stacks of an environment know things that are not theirs to create. */
export interface Names {
  /** `big-data-dev`: the first part of every name. */
  readonly prefix: string;
  /** Name of the MWAA environment; its log groups are `airflow-<name>-*`. */
  readonly airflowEnvironment: string;
  /** Name of the queue that says what arrived under `raw/`; its dead-letter queue's begins with it. */
  readonly arrivals: string;
  /** Where Airflow's variables and connections are in Secrets Manager. */
  readonly airflowSecrets: string;
  /** Namespace of the metrics that the DAGs send. */
  readonly metricsNamespace: string;
}

export function namesOf(config: EnvironmentConfig): Names {
  const prefix = `${config.project}-${config.environment}`;
  return {
    prefix,
    airflowEnvironment: `${prefix}-airflow`,
    arrivals: `${prefix}-arrivals`,
    airflowSecrets: `${config.project}/${config.environment}/airflow`,
    metricsNamespace: `${config.project}/${config.environment}`,
  };
}

/** What the names of the Glue databases begin with; Glue and Athena take no hyphen. */
export function databasePrefixOf({ prefix }: Names): string {
  return `${prefix}_`.replaceAll("-", "_");
}

/** Name of the Athena workgroup in which people query the tables. */
export function workgroupOf({ prefix }: Names): string {
  return prefix;
}

/** Name of the EMR Serverless application, which its metrics carry too. */
export function serverlessApplication(names: Names): string {
  return `${names.prefix}-spark`;
}

/** Name of the log group of jobs on EMR Serverless, which the lake's key admits before the group exists. */
export function serverlessLogGroup(names: Names): string {
  return `/aws/emr-serverless/${names.prefix}`;
}

/** Name of the Kafka cluster, which its metrics carry too. */
export function kafkaCluster(names: Names): string {
  return `${names.prefix}-kafka`;
}

/**
 * Name of the log group of the Kafka brokers. Delivery to a name that begins so needs no policy of logs for each group.
 * Source: Amazon CloudWatch Logs User Guide, "Enable logging from AWS services", log group resource policy size limit.
 */
export function kafkaLogGroup(names: Names): string {
  return `/aws/vendedlogs/msk/${names.prefix}`;
}

/** The tags by which Terraform finds the certificate of the VPN's server in ACM, where a command puts it. */
export function serverCertificateTags({ project, environment }: EnvironmentConfig): Record<string, string> {
  return { project, environment, purpose: "vpn-server" };
}

/** Where a command puts the certificate archive of EMR's encryption in transit in the artifacts bucket. */
export const certificateArchive = "certificates/emr-in-transit.zip";

/** Folder of the event logs of clusters in the logs bucket: Spark writes them, and its history server reads them. */
export const sparkEventLogs = "logs/spark-events/";

/** Name of the state bucket, of which each account has one for all its environments. */
export function stateBucketOf(config: EnvironmentConfig): string {
  return `${config.project}-terraform-state-${config.account_id}`;
}

/**
 * Days until a deleted secret is gone: none in development, where environments come and go under the same name, and
 * otherwise the longest that Secrets Manager offers. Source: AWS Secrets Manager User Guide, "Delete a secret".
 */
export function secretRecoveryDays(config: EnvironmentConfig): number {
  return config.environment === "dev" ? 0 : 30;
}

/** The environment's region and account. */
export function placeOf(config: EnvironmentConfig): Place {
  return { region: config.region, accountId: config.account_id };
}

/** Where the account's own resources are: beside its states. */
export function accountPlaceOf(config: EnvironmentConfig): Place {
  return { region: config.state.region, accountId: config.account_id };
}

/** Name of a bucket of the lake: `big-data-dev-data-111111111111`. */
export function lakeBucketOf(config: EnvironmentConfig, bucket: string): string {
  return `${namesOf(config).prefix}-${bucket.replaceAll("_", "-")}-${config.account_id}`;
}

/** The names of the account's trail, which auditors know without reading the account's state. */
export function trailOf({ project, account_id }: EnvironmentConfig) {
  return {
    name: `${project}-account`,
    bucket: `${project}-cloudtrail-${account_id}`,
    keyAlias: `${project}-cloudtrail`,
  };
}

/** What the platform's own boundaries of the environment's roles are about. */
export function boundedEnvironmentOf(config: EnvironmentConfig): BoundedEnvironment {
  const { project, environment, streaming } = config;
  const own = { project, environment, place: placeOf(config) };
  return streaming === undefined ? own : { ...own, hasKafka: true };
}

/** ARN of the policy that the configuration names to bound roles; it may say its name alone. */
export function namedBoundaryOf(config: EnvironmentConfig): string | undefined {
  const { permissions_boundary: policy } = config;
  return policy === undefined || policy.startsWith("arn:")
    ? policy
    : iamArnOf(placeOf(config), `policy/${policy}`);
}

/** ARN of the policy that bounds the environment's roles: the platform's own if the configuration names none. */
export function boundaryOf(config: EnvironmentConfig): string {
  return namedBoundaryOf(config) ?? environmentBoundaryArn(boundedEnvironmentOf(config));
}

/** ARN of the policy that bounds the role of auditors, who read more of the account and less of the environment. */
export function auditorBoundaryOf(config: EnvironmentConfig): string {
  return namedBoundaryOf(config) ?? auditorBoundaryArn(boundedEnvironmentOf(config));
}

/** ARNs of the policies of which each role of the environment has one as its boundary. */
export function boundariesOf(config: EnvironmentConfig): string[] {
  return [...new Set([boundaryOf(config), ...(config.people.auditor ? [auditorBoundaryOf(config)] : [])])];
}
