import type { InvalidInput } from "./base";

/** Alarms, whom they are told to, and the budget. */
export const observabilityInputs: readonly InvalidInput[] = [
  [
    70,
    '  critical_emails = ["on-call"]',
    'prod.tfvars:70  observability.critical_emails[0] = "on-call"\n    does not have the right form; use an e-mail address, for example data-team@example.com',
  ],
  [
    70,
    "  critical_emails = []",
    "prod.tfvars:70  observability.critical_emails = []\n    has too few items; use a list of 1 to 50 different values, each an e-mail address, for example data-team@example.com",
  ],
  [
    71,
    '  warning_mails = ["data-platform@example.com"]',
    'prod.tfvars:71  observability.warning_mails = ["data-platform@example.com"]\n    is not a key of observability; did you mean warning_emails? the keys there are critical_emails, warning_emails, alarms, thresholds, budget',
  ],
  [
    72,
    '  alarms = ["compute", "airfow"]',
    'prod.tfvars:72  observability.alarms[1] = "airfow"\n    is not one of the known values; did you mean "airflow"? use one of "compute", "airflow", "database", "network", "pipeline", "streaming"',
  ],
  [
    72,
    '  alarms = ["compute", "compute"]',
    'prod.tfvars:72  observability.alarms[1] = "compute"\n    is in the list already, as item 0; remove one of the two',
  ],
  [
    74,
    "    freshness_hours = 169",
    "prod.tfvars:74  observability.thresholds.freshness_hours = 169\n    is above 168; use a whole number from 1 to 168",
  ],
  [
    74,
    "    freshness_hour = 24",
    "prod.tfvars:74  observability.thresholds.freshness_hour = 24\n    is not a key of observability.thresholds; did you mean freshness_hours? the keys there are freshness_hours, quarantine_percent, idle_cluster_minutes, full_capacity_hours, failed_tasks, scheduler_silence_minutes, queued_task_minutes, vpn_failed_authentications, database_cpu_percent, database_free_storage_gb, database_connections, kafka_disk_percent, kafka_under_replicated_minutes",
  ],
  [
    75,
    "    idle_cluster_minutes = 60",
    "prod.tfvars:75  observability.thresholds.idle_cluster_minutes = 60\n    is no longer than the 3600 seconds of processing.idle_timeout_seconds, after which a cluster ends itself; use 61 to 175, or lower processing.idle_timeout_seconds",
  ],
  [
    75,
    "    idle_cluster_minutes = 180",
    "prod.tfvars:75  observability.thresholds.idle_cluster_minutes = 180\n    is above 175; use a whole number from 10 to 175",
  ],
  [
    40,
    "  idle_timeout_seconds = 10800",
    "prod.tfvars:75  observability.thresholds.idle_cluster_minutes = 90\n    is no longer than the 10800 seconds of processing.idle_timeout_seconds, after which a cluster ends itself; lower processing.idle_timeout_seconds below 10500",
  ],
  [
    76,
    "    database_free_storage_gb = 50",
    "prod.tfvars:76  observability.thresholds.database_free_storage_gb = 50\n    is not less than metadata.allocated_storage_gb 50; use 49 or less",
  ],
  [
    79,
    "    monthly_usd = 0",
    "prod.tfvars:79  observability.budget.monthly_usd = 0\n    is below 1; use a whole number from 1 to 10000000",
  ],
  [
    79,
    "",
    "prod.tfvars:78  observability.budget.monthly_usd\n    is missing; use a whole number from 1 to 10000000",
  ],
  [
    80,
    "    actual_percents = [80, 80]",
    "prod.tfvars:80  observability.budget.actual_percents[1] = 80\n    is in the list already, as item 0; remove one of the two",
  ],
  [
    4,
    'region = "cn-north-1"',
    "prod.tfvars:78  observability.budget = { actual_percents, monthly_usd }\n    cannot be watched: partition aws-cn has no AWS Budgets in US dollars; leave it out, and set a budget where the bill is",
  ],
  [
    4,
    'region = "us-gov-east-1"',
    "prod.tfvars:78  observability.budget = { actual_percents, monthly_usd }\n    cannot be watched: partition aws-us-gov has no AWS Budgets in US dollars; leave it out, and set a budget where the bill is",
  ],
  [
    4,
    'region = "eusc-de-east-1"',
    "prod.tfvars:78  observability.budget = { actual_percents, monthly_usd }\n    cannot be watched: partition aws-eusc has no AWS Budgets in US dollars; leave it out, and set a budget where the bill is",
  ],
];
