# Development: small, and cheap where that costs nothing but resilience.
# Every key, its default and what it accepts: docs/configuration.md.

project     = "big-data"
environment = "dev"
account_id  = "111111111111"
region      = "eu-north-1"
owner       = "data-platform"
cost_centre = "research"

# Once per account, so all of its environments say the same.
account = {
  cost_anomaly = {
    emails = ["data-platform@example.com"]
  }
}

ci = {
  repository = "example-org/big-data-platform"
}

people = {
  data_engineer = { saml_provider = "directory" }
  operator      = { saml_provider = "directory" }
}

network = {
  # Apart from every other environment's, so that they can be connected: neither can be changed later.
  vpc_cidr        = "10.100.0.0/16"
  vpn_client_cidr = "172.24.0.0/16"

  nat_gateways = "single"  # one zone's failure stops development, not production
  endpoints    = "minimal" # generated data only; saves 8 interfaces, about 60 $ a month
  flow_logs = {
    traffic        = "REJECT"
    retention_days = 30
  }
}

access = {
  vpn = {
    target_subnets     = ["public_vpn"]
    log_retention_days = 30
  }
}

lake = {
  force_destroy = true # generated data only
  lifecycle = {
    logs_expire_days = 30
  }
}

metadata = {
  instance_class        = "db.t4g.micro"
  maximum_storage_gb    = 50
  multi_az              = false # a failed zone makes the report wait, nothing else
  backup_retention_days = 1
  log_retention_days    = 14
  deletion_protection   = false # generated data only
  final_snapshot        = false
}

processing = {
  compute = "emr_serverless" # nothing to pay between runs, and nothing to wait for

  maximum_units        = 3
  maximum_core_units   = 3
  idle_timeout_seconds = 900
}

orchestration = {
  environment_class = "mw1.micro" # one worker and one scheduler, no scaling
  max_workers       = 1
  schedulers        = 1

  log_retention_days  = 30
  notification_emails = ["data-platform-dev@example.com"]
  mail_from           = "airflow-dev@example.com"
}

observability = {
  alarms = ["compute", "pipeline"] # what fails by itself is seen the next morning
  budget = {
    monthly_usd = 600
  }
}

events = {
  enabled       = true # raw data starts the pipeline, not the clock
  quiet_minutes = 5
}
