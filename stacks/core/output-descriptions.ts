import type { Outputs, StackName } from "./outputs";

type Descriptions<Names extends PropertyKey> = { readonly [Name in Names]: string };

/** Subnets' outputs bear the names of the configuration; they are described by their kind. */
const subnet = /^(public|private|database)_subnet_([a-z0-9_]+)_id$/;

/** So do the roles that apply, the names of their environments. */
const applyRole = /^ci_apply_([a-z0-9_]+)_role_arn$/;

/** What each output of an environment's stack is, in words. The compiler knows when one is missing. */
const outputs: { readonly [Stack in StackName]: Descriptions<keyof Outputs[Stack]> } = {
  network: {
    vpc_id: "The VPC, created or found",
    private_subnet_ids: "The private subnets, by zone, then name",
    emr_primary_security_group_id: "Security group of the clusters' primary nodes, managed by EMR",
    emr_core_security_group_id: "Security group of the clusters' core and task nodes, managed by EMR",
    emr_service_access_security_group_id: "Security group by which EMR reaches its nodes",
    private_security_group_id: "Security group of whatever else lives in the private subnets",
    airflow_security_group_id: "Security group of Airflow, its web server included",
    endpoints_security_group_id: "Security group of the interface endpoints",
    vpn_security_group_id: "Security group of people who come in by the VPN",
    metadata_security_group_id: "Security group of the database of runs",
    serverless_security_group_id: "Security group of the workers of EMR Serverless",
    nat_gateway_ids: "The NAT gateways, by zone",
  },
  access: {
    vpn_endpoint_id: "The Client VPN endpoint",
    vpn_endpoint_dns_name: "Where VPN clients connect to; a name of their own goes before it",
  },
  lake: {
    data_bucket: "Bucket of raw, staged, curated and published data",
    artifacts_bucket: "Bucket of releases, DAGs and Airflow's requirements",
    logs_bucket: "Bucket of the logs of clusters, jobs and Spark events",
    data_kms_key_arn: "Key of data, code, logs and Airflow",
    query_results_bucket: "Bucket of what queries in Athena found",
  },
  catalog: {
    database_prefix: "What the names of the Glue databases begin with",
    maintenance_days: "Days of the week on which tables are maintained",
    kept_days: "Days that what was published can still be read",
    curated_database: "Glue database of the tables as published",
    marts_database: "Glue database of the marts as published",
    quarantine_database: "Glue database of the refused rows of every run",
    athena_workgroup: "Athena workgroup in which the tables are queried",
  },
  metadata: {
    address: "Host name of the database of runs",
    port: "Port of the database of runs",
    database: "Name of the database on its server",
    secret_arn: "Secret with the user and password of the database, managed by RDS",
    metadata_instance: "Identifier of the RDS instance",
    metadata_kms_key_arn: "Key of the database and its secret",
  },
  processing: {
    compute: "What the daily pipeline runs on: emr or emr_serverless",
    serverless: "How a job is submitted to EMR Serverless",
    release_label: "EMR release of clusters and jobs",
    service_role: "Role of EMR when it creates and resizes clusters",
    instance_profile: "Instance profile of the nodes, by which jobs reach the lake",
    security_configuration: "EMR security configuration of every cluster",
    primary_instance_types: "Instance types of primary nodes, any of which may be taken",
    core_instance_types: "Instance types of core nodes, any of which may be taken",
    core_on_demand_units: "Core nodes on demand at the start of a cluster",
    core_spot_units: "Core nodes on spot at the start of a cluster",
    minimum_units: "Fewest nodes that managed scaling leaves",
    maximum_units: "Most nodes that managed scaling starts",
    maximum_core_units: "Most core nodes that managed scaling starts",
    maximum_on_demand_units: "Most nodes on demand that managed scaling starts",
    spot_timeout_minutes: "Minutes until spot capacity that is not there is bought on demand",
    idle_timeout_seconds: "Seconds without work until a cluster ends itself",
    log_uri: "Folder of the clusters' logs",
    spark_event_log_uri: "Folder of Spark's event logs",
    tags: "Tags of every cluster",
    prices: "What a unit of what runs use costs, as configured",
    spark_conf: "Settings of Spark that win over the release's and the derived ones",
    serverless_application_arn: "The EMR Serverless application",
    serverless_job_role_arn: "Role of jobs on EMR Serverless",
    serverless_log_group: "Log group of jobs on EMR Serverless",
  },
  people: {
    data_engineer_role_arn: "Role of people who write contracts, jobs and DAGs",
    operator_role_arn: "Role of people who keep the platform running",
    auditor_role_arn: "Role of people who check what others do",
  },
  events: {
    quiet_minutes: "Minutes without anything new after which a batch of raw data is complete",
    queue: "The queue that says what arrived under raw, and its dead-letter queue",
    event_queue_arn: "The queue that says what arrived under raw",
    event_dead_letter_queue_name: "Name of the queue of messages that were given up",
    event_kms_key_arn: "Key of both queues",
  },
  orchestration: {
    project: "Name of the platform, as DAGs and mails give it",
    environment: "Name of the environment, as DAGs and mails give it",
    notification_emails: "Who is told of every run's end",
    mail_from: "Sender of these mails",
    airflow_environment: "Name of the MWAA environment",
  },
  observability: {
    critical_topic_arn: "Topic of what somebody has to look at now",
    warning_topic_arn: "Topic of what can wait for the next working day",
  },
};

const bootstrap: Descriptions<string> = {
  state_bucket: "Bucket of the Terraform states of all environments of the account",
  trail_bucket: "Bucket of the account's CloudTrail",
  ci_plan_role_arn: "Role of workflows that plan, from pull requests",
};

/**
 * What an output is, in words.
 * @throws when nobody has said it
 */
export function outputDescription(stack: StackName | "bootstrap", name: string): string {
  const [, kind, subnetName] = subnet.exec(name) ?? [];
  if (stack === "network" && kind) return `The ${kind} subnet ${subnetName}`;
  const [, environment] = applyRole.exec(name) ?? [];
  if (stack === "bootstrap" && environment) return `Role of workflows that apply ${environment}`;
  const known: Descriptions<string> = stack === "bootstrap" ? bootstrap : outputs[stack];
  const description = known[name];
  if (description !== undefined) return description;
  throw new Error(
    `output ${name} of ${stack} has no description: say what it is in stacks/core/output-descriptions.ts`,
  );
}
