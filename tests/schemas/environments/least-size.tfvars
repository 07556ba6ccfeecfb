# The smallest values and the shortest names that the configuration accepts.

project     = "a1"
environment = "least-size"
account_id  = "444444444444"
region      = "eu-central-1"
owner       = "d"
cost_centre = "r"

account = {
  cost_anomaly = { emails = ["costs@example.com"], threshold_usd = 1 }
  trail        = { expire_days = 90 }
}

people = {
  auditor = { principals = ["arn:aws:iam::999999999999:user/ada"], session_hours = 1 }
}

network = {
  vpc_cidr         = "10.101.0.0/24"
  public_subnets   = { a = { cidr = "10.101.0.0/27", zone = "a" } }
  private_subnets  = { a = { cidr = "10.101.0.64/26", zone = "a" }, b = { cidr = "10.101.0.128/26", zone = "b" } }
  database_subnets = { a = { cidr = "10.101.0.192/28", zone = "a" }, b = { cidr = "10.101.0.208/28", zone = "b" } }
  nat_gateways     = "single"
  flow_logs        = { retention_days = 1 }
  vpn_client_cidr  = "10.0.0.0/22"
}

access = {
  vpn = {
    authentication     = { kind = "saml", metadata_file = "directory.xml" }
    login_banner       = "b"
    log_retention_days = 1
  }
}

lake = {
  force_destroy = true
  lifecycle = {
    infrequent_access_after_days = 30
    archive_after_days           = 60
    noncurrent_expire_days       = 1
    quarantine_expire_days       = 1
    staged_expire_days           = 1
    logs_expire_days             = 1
  }
}

catalog = {
  query_scan_limit_gb = 1
  results_expire_days = 1
  maintenance_days    = []
}

metadata = {
  instance_class        = "db.t4g.micro"
  allocated_storage_gb  = 20
  maximum_storage_gb    = 22
  multi_az              = false
  backup_retention_days = 1
  log_retention_days    = 1
  deletion_protection   = false
  final_snapshot        = false
}

events = { enabled = true, quiet_minutes = 1 }

processing = {
  core_spot_units         = 1
  maximum_units           = 1
  maximum_core_units      = 1
  maximum_on_demand_units = 0
  idle_timeout_seconds    = 60
  spot_timeout_minutes    = 5
  in_transit_certificates = true
  spark_conf              = { "spark.sql.autoBroadcastJoinThreshold" = "128m" }
}

orchestration = {
  environment_class         = "mw1.micro"
  min_workers               = 1
  max_workers               = 1
  schedulers                = 1
  log_level                 = "DEBUG"
  log_retention_days        = 1
  weekly_maintenance_window = "MON:00:00"
  notification_emails       = ["a@b.example"]
  mail_from                 = "c@d.example"
}

observability = {
  alarms = ["compute", "airflow", "database", "network", "pipeline"]
  thresholds = {
    freshness_hours            = 1
    quarantine_percent         = 0
    idle_cluster_minutes       = 10
    full_capacity_hours        = 1
    failed_tasks               = 1
    scheduler_silence_minutes  = 5
    queued_task_minutes        = 5
    vpn_failed_authentications = 1
    database_cpu_percent       = 1
    database_free_storage_gb   = 1
    database_connections       = 1
  }
  budget = { monthly_usd = 1, actual_percents = [1], forecast_percent = 1, emails = ["a@b.example"] }
}

ci = {
  repository = "a/b"
}
