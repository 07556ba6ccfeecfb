import * as sections from "../../../config/sections";

/** The sections that a file may have, as messages list them. */
export const sectionNames = Object.keys(sections).sort().join(", ");

/**
 * A wrong line and what is said of it: the number of the line of `validSource` that is replaced, what replaces it, and
 * each problem exactly as it is printed.
 */
export type InvalidInput = readonly [line: number, text: string, ...problems: string[]];

/** A valid environment called prod, one key in a line. */
export const validSource = `project     = "big-data"
environment = "prod"
account_id  = "222222222222"
region      = "eu-north-1"
owner       = "data-platform"
cost_centre = "analytics"
network = {
  vpc_cidr = "10.100.0.0/16"
  public_subnets = {
    vpn         = { cidr = "10.100.0.0/24", zone = "a" }
    application = { cidr = "10.100.1.0/24", zone = "b" }
  }
  private_subnets = {
    a = { cidr = "10.100.3.0/24", zone = "a" }
    b = { cidr = "10.100.4.0/24", zone = "b" }
  }
  nat_gateways        = "per_zone"
  interface_endpoints = ["logs", "secretsmanager", "sqs", "elasticmapreduce"]
  vpn_client_cidr     = "10.0.0.0/16"
}
lake = {
  lifecycle = {
    infrequent_access_after_days = 30
    archive_after_days           = 90
    logs_expire_days             = 365
  }
  force_destroy = false
}
processing = {
  emr_release             = "emr-7.8.0"
  primary_instance_types  = ["m5.xlarge"]
  core_instance_types     = ["m5.xlarge", "m5d.xlarge", "r5.xlarge"]
  core_on_demand_units    = 1
  core_spot_units         = 3
  minimum_units           = 2
  maximum_units           = 10
  maximum_core_units      = 8
  maximum_on_demand_units = 4
  spot_timeout_minutes    = 10
  idle_timeout_seconds    = 3600
}
orchestration = {
  airflow_version           = "3.0.6"
  environment_class         = "mw1.small"
  min_workers               = 1
  max_workers               = 4
  schedulers                = 2
  log_level                 = "INFO"
  weekly_maintenance_window = "SUN:03:00"
  notification_emails       = ["data-platform@example.com"]
  mail_from                 = "airflow@example.com"
}
metadata = {
  postgres_version          = "17"
  instance_class            = "db.m7g.large"
  allocated_storage_gb      = 50
  maximum_storage_gb        = 500
  read_replicas             = 0
  backup_retention_days     = 35
  weekly_maintenance_window = "SUN:04:00"
  log_retention_days        = 365
  deletion_protection       = true
  final_snapshot            = true
}
catalog = {
  query_scan_limit_gb = 100
  results_expire_days = 30
}
observability = {
  critical_emails = ["on-call@example.com"]
  warning_emails  = ["data-platform@example.com"]
  alarms          = ["compute", "pipeline"]
  thresholds = {
    freshness_hours          = 30
    idle_cluster_minutes     = 90
    database_free_storage_gb = 5
  }
  budget = {
    monthly_usd     = 500
    actual_percents = [80, 100]
  }
}
events = {
  enabled       = true
  quiet_minutes = 15
}
`;

/** The valid environment with one line replaced. */
export function sourceWith(line: number, text: string): string {
  return validSource
    .split("\n")
    .map((valid, index) => (index === line - 1 ? text : valid))
    .join("\n");
}
