import type { EnvironmentConfig } from "../../config";

/** A development environment: one NAT gateway, the smallest Airflow, EMR Serverless, buckets that go with their data. */
export const dev: EnvironmentConfig = {
  project: "big-data",
  environment: "dev",
  account_id: "111111111111",
  allowed_account_ids: ["111111111111"],
  region: "eu-north-1",
  owner: "data-platform",
  cost_centre: "research",
  state: { region: "eu-west-1" },
  account: {
    spot_service_linked_role: true,
    cost_allocation_tags: false,
    cost_anomaly: { emails: ["costs@example.com"], threshold_usd: 100 },
    trail: { enabled: true, management_events: true, data_reads: false, expire_days: 365 },
    defaults: { block_public_access: false, encrypt_disks: false, require_imdsv2: false },
  },
  ci: { repository: "example-org/big-data-platform", branch: "main", create_provider: true },
  people: {
    data_engineer: { principals: [], saml_provider: "directory", session_hours: 8, publishes: false },
    operator: {
      principals: ["arn:aws:iam::999999999999:user/ada", "arn:aws:iam::999999999999:role/operators"],
      session_hours: 4,
      publishes: true,
    },
    auditor: { principals: ["arn:aws:iam::999999999999:role/auditors"], session_hours: 1 },
  },
  network: {
    vpc_name: "big-data-VPC",
    vpc_cidr: "10.100.0.0/16",
    public_subnets: {
      vpn: { cidr: "10.100.0.0/24", zone: "a" },
      application: { cidr: "10.100.1.0/24", zone: "b" },
    },
    private_subnets: { a: { cidr: "10.100.3.0/24", zone: "a" }, b: { cidr: "10.100.4.0/24", zone: "b" } },
    database_subnets: { a: { cidr: "10.100.5.0/24", zone: "a" }, b: { cidr: "10.100.6.0/24", zone: "b" } },
    nat_gateways: "single",
    interface_endpoints: ["logs", "secretsmanager", "sqs", "elasticmapreduce"],
    flow_logs: { traffic: "REJECT", retention_days: 30 },
    vpn_client_cidr: "10.0.0.0/16",
  },
  access: {
    vpn: {
      enabled: true,
      authentication: { kind: "certificate" },
      target_subnets: ["public_vpn"],
      session_hours: 8,
      login_banner: "For authorized persons only.",
      authorizations: { vpc: {} },
      log_retention_days: 30,
    },
  },
  lake: {
    lifecycle: {
      infrequent_access_after_days: 30,
      archive_after_days: 90,
      noncurrent_expire_days: 31,
      rewritten_expire_days: 13,
      quarantine_expire_days: 91,
      staged_expire_days: 7,
      logs_expire_days: 32,
    },
    force_destroy: true,
  },
  catalog: { query_scan_limit_gb: 50, results_expire_days: 15, maintenance_days: ["wednesday", "sunday"] },
  metadata: {
    postgres_version: "17",
    instance_class: "db.t4g.micro",
    allocated_storage_gb: 20,
    maximum_storage_gb: 50,
    multi_az: false,
    read_replicas: 0,
    backup_retention_days: 1,
    weekly_maintenance_window: "SUN:00:30",
    log_retention_days: 14,
    deletion_protection: false,
    final_snapshot: false,
  },
  processing: {
    compute: "emr_serverless",
    emr_release: "emr-7.8.0",
    primary_instance_types: ["m5.xlarge"],
    core_instance_types: ["m5.xlarge", "m5d.xlarge", "m6i.xlarge"],
    core_on_demand_units: 0,
    core_spot_units: 2,
    minimum_units: 1,
    maximum_units: 4,
    maximum_core_units: 3,
    maximum_on_demand_units: 2,
    spot_timeout_minutes: 10,
    idle_timeout_seconds: 900,
    spark_conf: { "spark.sql.autoBroadcastJoinThreshold": "128m" },
    in_transit_certificates: false,
    prices: { currency: "EUR", per_unit: { vcpu_hour: 0.05, spot_instance_hour: 0.12 } },
    serverless: {
      architecture: "arm64",
      maximum_vcpu: 30,
      maximum_memory_gb: 100,
      maximum_disk_gb: 400,
      idle_timeout_minutes: 5,
      initial_executors: 0,
      log_retention_days: 30,
      driver: { vcpu: 2, memory_gb: 8, disk_gb: 20 },
      executor: { vcpu: 4, memory_gb: 16, disk_gb: 40 },
    },
  },
  orchestration: {
    airflow_version: "3.0.6",
    environment_class: "mw1.micro",
    min_workers: 1,
    max_workers: 1,
    schedulers: 1,
    log_level: "INFO",
    log_retention_days: 30,
    weekly_maintenance_window: "SUN:03:00",
    reconcile_days: 7,
    run_history_days: 30,
    notification_emails: ["data@example.com"],
    mail_from: "airflow@example.com",
    lineage: { url: "https://lineage.example.com", endpoint: "api/v1/lineage" },
  },
  observability: {
    critical_emails: ["on-call@example.com"],
    warning_emails: ["data@example.com", "team@example.com"],
    alarms: ["compute", "pipeline"],
    thresholds: {
      freshness_hours: 30,
      quarantine_percent: 5,
      idle_cluster_minutes: 90,
      full_capacity_hours: 3,
      failed_tasks: 3,
      scheduler_silence_minutes: 15,
      queued_task_minutes: 30,
      vpn_failed_authentications: 10,
      database_cpu_percent: 80,
      database_free_storage_gb: 5,
      database_connections: 60,
      kafka_disk_percent: 85,
      kafka_under_replicated_minutes: 60,
    },
    budget: { monthly_usd: 300, actual_percents: [80, 100], forecast_percent: 100, emails: [] },
  },
  events: { enabled: true, quiet_minutes: 5 },
};

/** The same environment with other top-level keys. */
export function variant(changes: Partial<EnvironmentConfig>): EnvironmentConfig {
  return { ...dev, ...changes };
}

/** The same environment in a region of another partition, whose principals are of that partition, too. */
export function elsewhere(region: string, partition: string): EnvironmentConfig {
  const auditor = { principals: [`arn:${partition}:iam::999999999999:role/auditors`], session_hours: 1 };
  return variant({
    region,
    state: { region },
    account: { ...dev.account, cost_anomaly: { ...dev.account.cost_anomaly, emails: [] } },
    people: { ...dev.people, operator: { ...auditor, publishes: true }, auditor },
  });
}

/** A production environment: an account of its own, a NAT gateway per zone, nothing deleted with its bucket, a cluster for each run. */
export const prod: EnvironmentConfig = variant({
  environment: "prod",
  account_id: "222222222222",
  allowed_account_ids: ["222222222222"],
  network: { ...dev.network, nat_gateways: "per_zone" },
  access: {
    vpn: { ...dev.access.vpn, target_subnets: ["public_vpn", "public_application"], log_retention_days: 365 },
  },
  lake: { ...dev.lake, force_destroy: false },
  processing: { ...dev.processing, compute: "emr" },
  events: { enabled: false, quiet_minutes: 15 },
  metadata: {
    ...dev.metadata,
    multi_az: true,
    backup_retention_days: 35,
    weekly_maintenance_window: "SUN:04:00",
    deletion_protection: true,
    final_snapshot: true,
  },
  orchestration: { ...dev.orchestration, environment_class: "mw1.medium", max_workers: 10, schedulers: 2 },
  observability: { ...dev.observability, alarms: ["compute", "airflow", "database", "network", "pipeline"] },
});

/** The development environment with a Kafka cluster in three zones, whose disks grow by themselves. */
export const streamed: EnvironmentConfig = variant({
  network: {
    ...dev.network,
    private_subnets: { ...dev.network.private_subnets, c: { cidr: "10.100.7.0/24", zone: "c" } },
  },
  streaming: {
    subnets: ["c", "a", "b"],
    kafka_version: "3.9.x.kraft",
    instance_type: "kafka.m7g.large",
    brokers_per_zone: 2,
    storage_gb: 50,
    maximum_storage_gb: 200,
    storage_target_percent: 55,
    replication_factor: 3,
    min_insync_replicas: 2,
    monitoring: "PER_BROKER",
    log_retention_days: 30,
  },
  observability: { ...dev.observability, alarms: ["streaming"] },
});
