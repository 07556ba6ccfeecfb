# The largest values and the longest names that the configuration accepts, with every option that adds a resource.

project     = "a-company-with-long-names"
environment = "largest-size"
account_id  = "333333333333"
region      = "us-east-1"
owner       = "data-platform"
cost_centre = "research"

permissions_boundary = "boundaries/platform"

account = {
  cost_allocation_tags = true
  cost_anomaly         = { emails = ["costs@example.com", "data@example.com"], threshold_usd = 1000000 }
  trail                = { expire_days = 3650 }
  defaults             = { block_public_access = true, encrypt_disks = true, require_imdsv2 = true }
}

ci = {
  repository    = "example-org/big-data-platform"
  owner_id      = 1234567
  repository_id = 7654321
  branch        = "main"
}

people = {
  data_engineer = { saml_provider = "directory", session_hours = 12 }
  operator      = { principals = ["arn:aws:iam::999999999999:role/operators"], session_hours = 12 }
  auditor       = { principals = ["arn:aws:iam::999999999999:user/ada"], session_hours = 12 }
}

network = {
  interface_endpoints = [
    "logs", "secretsmanager", "sqs", "elasticmapreduce", "airflow.api", "airflow.env", "airflow.ops",
    "ecr.api", "ecr.dkr", "glue", "kms", "monitoring", "sts",
  ]
  private_subnets = { a = { cidr = "10.100.64.0/20", zone = "a" }, b = { cidr = "10.100.80.0/20", zone = "b" } }
  flow_logs       = { traffic = "REJECT", retention_days = 3653 }
  vpn_client_cidr = "172.16.0.0/12"
}

access = {
  vpn = {
    authentication = {
      kind                = "saml"
      provider_arn        = "arn:aws:iam::333333333333:saml-provider/company"
      portal_provider_arn = "arn:aws:iam::333333333333:saml-provider/portal"
    }
    session_hours  = 24
    authorizations = { engineers = { group = "0f3c" }, auditors = { cidr = "10.100.64.0/24", group = "1a2b" } }
  }
}

lake = {
  lifecycle = {
    infrequent_access_after_days = 3000
    archive_after_days           = 3650
    noncurrent_expire_days       = 3650
    quarantine_expire_days       = 3650
    staged_expire_days           = 3650
    logs_expire_days             = 3650
  }
}

catalog = {
  query_scan_limit_gb = 100000
  results_expire_days = 3650
  maintenance_days    = ["monday", "sunday"]
}

metadata = {
  instance_class            = "db.r7g.16xlarge"
  allocated_storage_gb      = 50000
  maximum_storage_gb        = 65536
  backup_retention_days     = 35
  weekly_maintenance_window = "MON:00:00"
  log_retention_days        = 3653
}

events = { enabled = true, quiet_minutes = 1440 }

processing = {
  compute     = "emr_serverless"
  emr_release = "emr-7.8.0"
  serverless = {
    architecture         = "x86_64"
    maximum_vcpu         = 10000
    maximum_memory_gb    = 80000
    maximum_disk_gb      = 2000000
    idle_timeout_minutes = 10080
    initial_executors    = 500
    log_retention_days   = 3653
    driver               = { vcpu = 16, memory_gb = 120, disk_gb = 200 }
    executor             = { vcpu = 16, memory_gb = 120, disk_gb = 200 }
  }
}

orchestration = {
  environment_class         = "mw1.2xlarge"
  min_workers               = 25
  max_workers               = 25
  schedulers                = 5
  log_level                 = "CRITICAL"
  log_retention_days        = 3653
  weekly_maintenance_window = "SAT:23:30"
  reconcile_days            = 90
  run_history_days          = 365
  notification_emails       = ["data@example.com"]
  mail_from                 = "airflow@example.com"
  lineage                   = { url = "https://lineage.example.com" }
}

observability = {
  thresholds = {
    freshness_hours            = 168
    quarantine_percent         = 99
    idle_cluster_minutes       = 175
    full_capacity_hours        = 24
    failed_tasks               = 1000
    scheduler_silence_minutes  = 60
    queued_task_minutes        = 1440
    vpn_failed_authentications = 10000
    database_cpu_percent       = 100
    database_free_storage_gb   = 49999
    database_connections       = 4000
  }
  budget = {
    monthly_usd      = 10000000
    actual_percents  = [10, 20, 30, 40, 50, 60, 80, 1000]
    forecast_percent = 1000
    emails           = ["a@example.com", "b@example.com"]
  }
}
