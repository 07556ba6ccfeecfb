import type { InvalidInput } from "./base";

/** Airflow's environment and the mails. */
export const orchestrationInputs: readonly InvalidInput[] = [
  [
    43,
    '  lineage = { url = "https://user:key@lineage.example.com" }',
    'prod.tfvars:43  orchestration.lineage.url = "https://user:key@lineage.example.com"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    43,
    '  airflow_version = "2.10.3"',
    'prod.tfvars:43  orchestration.airflow_version = "2.10.3"\n    is not one of the known values; use "3.0.6", the only one there is',
  ],
  [
    43,
    "  airflow_version = 3.0",
    'prod.tfvars:43  orchestration.airflow_version = 3.0\n    is a number, not text in quotes; use "3.0.6", the only one there is',
  ],
  [
    44,
    '  environment_class = "mw1.micro"',
    'prod.tfvars:46  orchestration.max_workers = 4\n    does not fit environment_class "mw1.micro", which has one worker and one scheduler; use 1, or a bigger class',
    'prod.tfvars:47  orchestration.schedulers = 2\n    does not fit environment_class "mw1.micro", which has one worker and one scheduler; use 1, or a bigger class',
  ],
  [
    44,
    '  environment_class = "mw1.medum"',
    'prod.tfvars:44  orchestration.environment_class = "mw1.medum"\n    is not one of the known values; did you mean "mw1.medium"? use one of "mw1.micro", "mw1.small", "mw1.medium", "mw1.large", "mw1.xlarge", "mw1.2xlarge"',
  ],
  [
    44,
    '  environment_class = "m5.large"',
    'prod.tfvars:44  orchestration.environment_class = "m5.large"\n    is not one of the known values; did you mean "mw1.large"? use one of "mw1.micro", "mw1.small", "mw1.medium", "mw1.large", "mw1.xlarge", "mw1.2xlarge"',
  ],
  [
    45,
    "  min_workers = 5",
    "prod.tfvars:45  orchestration.min_workers = 5\n    is above orchestration.max_workers 4; use at most 4, or raise max_workers",
  ],
  [
    45,
    "  min_workers = 0",
    "prod.tfvars:45  orchestration.min_workers = 0\n    is below 1; use a whole number from 1 to 25",
  ],
  [
    46,
    "  max_workers = 26",
    "prod.tfvars:46  orchestration.max_workers = 26\n    is above 25; use a whole number from 1 to 25",
  ],
  [
    47,
    "  schedulers = 1",
    'prod.tfvars:47  orchestration.schedulers = 1\n    is below the 2 schedulers of environment_class "mw1.small"; use 2 to 5, or "mw1.micro"',
  ],
  [
    47,
    "  schedulers = 6",
    "prod.tfvars:47  orchestration.schedulers = 6\n    is above 5; use a whole number from 1 to 5",
  ],
  [
    48,
    '  log_level = "info"',
    'prod.tfvars:48  orchestration.log_level = "info"\n    is not one of the known values; did you mean "INFO"? use one of "CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG"',
  ],
  [
    48,
    '  log_level = "TRACE"',
    'prod.tfvars:48  orchestration.log_level = "TRACE"\n    is not one of the known values; use one of "CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG"',
  ],
  [
    48,
    "  log_retention_days = 0",
    "prod.tfvars:48  orchestration.log_retention_days = 0\n    is not a number of days that CloudWatch offers; use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
  ],
  [
    49,
    '  weekly_maintenance_window = "SUNDAY:03:00"',
    'prod.tfvars:49  orchestration.weekly_maintenance_window = "SUNDAY:03:00"\n    does not have the right form; use a day and a half hour in UTC, DAY:HH:MM, for example SUN:03:00 or SUN:03:30',
  ],
  [
    49,
    '  weekly_maintenance_window = "SUN:03:15"',
    'prod.tfvars:49  orchestration.weekly_maintenance_window = "SUN:03:15"\n    does not have the right form; use a day and a half hour in UTC, DAY:HH:MM, for example SUN:03:00 or SUN:03:30',
  ],
  [
    49,
    '  weekly_maintenance_window = "SUN:24:00"',
    'prod.tfvars:49  orchestration.weekly_maintenance_window = "SUN:24:00"\n    does not have the right form; use a day and a half hour in UTC, DAY:HH:MM, for example SUN:03:00 or SUN:03:30',
  ],
  [
    49,
    "  run_history_days = 6",
    "prod.tfvars:49  orchestration.run_history_days = 6\n    is below 7; use a whole number from 7 to 365",
  ],
  [
    49,
    "  reconcile_days = 31",
    "prod.tfvars:42  orchestration.run_history_days = 30 (the default)\n    is below orchestration.reconcile_days 31: runs of late files would start again; use at least 31, or lower reconcile_days",
  ],
  [
    50,
    "  notification_emails = []",
    "prod.tfvars:50  orchestration.notification_emails = []\n    has too few items; use a list of 1 to 50 different values, each an e-mail address, for example data-team@example.com",
  ],
  [
    50,
    '  notification_emails = ["data-team"]',
    'prod.tfvars:50  orchestration.notification_emails[0] = "data-team"\n    does not have the right form; use an e-mail address, for example data-team@example.com',
  ],
  [
    50,
    '  notification_emails = ["a@example.com", "a@example.com"]',
    'prod.tfvars:50  orchestration.notification_emails[1] = "a@example.com"\n    is in the list already, as item 0; remove one of the two',
  ],
  [
    50,
    "",
    "prod.tfvars:42  orchestration.notification_emails\n    is missing; use a list of 1 to 50 different values, each an e-mail address, for example data-team@example.com",
  ],
  [
    51,
    '  mail_from = "airflow@localhost"',
    'prod.tfvars:51  orchestration.mail_from = "airflow@localhost"\n    does not have the right form; use an e-mail address, for example data-team@example.com',
  ],
  [
    51,
    '  mail_form = "airflow@example.com"',
    "prod.tfvars:42  orchestration.mail_from\n    is missing; use an e-mail address, for example data-team@example.com",
    'prod.tfvars:51  orchestration.mail_form = "airflow@example.com"\n    is not a key of orchestration; did you mean mail_from? the keys there are airflow_version, environment_class, min_workers, max_workers, schedulers, log_level, log_retention_days, weekly_maintenance_window, reconcile_days, run_history_days, notification_emails, mail_from, lineage',
  ],
];
