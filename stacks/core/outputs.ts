import type { Facts } from "./facts";

/** What `network` publishes: the documented outputs beside its facts. */
export type NetworkOutputs = Facts<"network"> & {
  readonly private_security_group_id: string;
  readonly airflow_security_group_id: string;
  readonly endpoints_security_group_id: string;
  readonly vpn_security_group_id: string;
  readonly metadata_security_group_id: string;
  readonly serverless_security_group_id: string;
  /** By zone. */
  readonly nat_gateway_ids: Readonly<Record<string, string>>;
} & { readonly [Subnet in `${"public" | "private" | "database"}_subnet_${string}_id`]: string };

/** What `catalog` publishes beside its facts: where tables are found, and where they are queried. */
export interface CatalogOutputs {
  readonly curated_database: string;
  readonly marts_database: string;
  readonly quarantine_database: string;
  readonly athena_workgroup: string;
}

/** What `processing` publishes beside its facts, where the environment computes on EMR Serverless. */
export interface ServerlessOutputs {
  readonly serverless_application_arn?: string;
  readonly serverless_job_role_arn?: string;
  readonly serverless_log_group?: string;
}

/** What `access` publishes, where there is a VPN: people's profiles are made of it. */
export interface AccessOutputs {
  readonly vpn_endpoint_id?: string;
  readonly vpn_endpoint_dns_name?: string;
}

/** What `people` publishes: the roles that somebody holds. */
export interface PeopleOutputs {
  readonly data_engineer_role_arn?: string;
  readonly operator_role_arn?: string;
  readonly auditor_role_arn?: string;
}

/** What `observability` publishes: where whoever has something to tell may send it. */
export interface ObservabilityOutputs {
  readonly critical_topic_arn: string;
  readonly warning_topic_arn: string;
}

/** What `events` publishes beside its facts, where raw data starts the pipeline. */
export interface EventsOutputs {
  readonly event_queue_arn?: string;
  readonly event_dead_letter_queue_name?: string;
  readonly event_kms_key_arn?: string;
}

/** What each stack publishes, by the names under which other stacks read it. */
export interface Outputs {
  readonly network: NetworkOutputs;
  readonly access: AccessOutputs;
  readonly lake: Facts<"lake"> & { readonly query_results_bucket: string };
  readonly catalog: Facts<"catalog"> & CatalogOutputs;
  readonly metadata: Facts<"metadata"> & {
    readonly metadata_instance: string;
    readonly metadata_kms_key_arn: string;
  };
  readonly processing: Facts<"processing"> & ServerlessOutputs;
  readonly people: PeopleOutputs;
  readonly events: Facts<"events"> & EventsOutputs;
  readonly orchestration: Facts<"orchestration"> & { readonly airflow_environment: string };
  readonly observability: ObservabilityOutputs;
}

/** A stack of an environment. */
export type StackName = keyof Outputs;

/** The outputs of a stack that are plain text, where they are. */
export type TextOutput<Published> = {
  [Name in keyof Published]-?: NonNullable<Published[Name]> extends string ? Name : never;
}[keyof Published] &
  string;

/** The outputs of a stack that are maps, where they are. */
export type MapOutput<Published> = {
  [Name in keyof Published]-?: NonNullable<Published[Name]> extends string | readonly unknown[]
    ? never
    : Name;
}[keyof Published] &
  string;
