# Production: an account of its own, nothing shared between zones.
# Every key, its default and what it accepts: docs/configuration.md.

project     = "big-data"
environment = "prod"
account_id  = "222222222222"
region      = "eu-north-1"
owner       = "data-platform"
cost_centre = "analytics"

# Once per account, so all of its environments say the same.
account = {
  cost_anomaly = {
    emails = ["data-platform@example.com"]
  }
}

ci = {
  repository   = "example-org/big-data-platform"
  deploy_after = "staging"
}

people = {
  data_engineer = { saml_provider = "directory", session_hours = 4 }
  operator      = { saml_provider = "directory", session_hours = 4 }
  auditor       = { saml_provider = "directory", session_hours = 1 }
}

network = {
  # Apart from every other environment's, so that they can be connected: neither can be changed later.
  vpc_cidr        = "10.102.0.0/16"
  vpn_client_cidr = "172.26.0.0/16"

  public_subnets = {
    vpn         = { cidr = "10.102.0.0/24", zone = "a" }
    application = { cidr = "10.102.1.0/24", zone = "b" }
  }
  private_subnets = {
    a = { cidr = "10.102.3.0/24", zone = "a" }
    b = { cidr = "10.102.4.0/24", zone = "b" }
  }
  database_subnets = {
    a = { cidr = "10.102.5.0/24", zone = "a" }
    b = { cidr = "10.102.6.0/24", zone = "b" }
  }

  nat_gateways = "per_zone"
}

access = {
  # By certificate, for want of a directory: docs/access.md says how people log in by the company's own.
  vpn = {
    target_subnets = ["public_vpn", "public_application"] # a zone's failure leaves the way in through the other
  }
}

lake = {
  lifecycle = {
    infrequent_access_after_days = 60
    archive_after_days           = 180
    noncurrent_expire_days       = 90
    quarantine_expire_days       = 365
  }
}

metadata = {
  instance_class        = "db.m7g.large"
  allocated_storage_gb  = 50
  maximum_storage_gb    = 500
  multi_az              = true
  backup_retention_days = 35
  log_retention_days    = 365
}

processing = {
  # Spark's traffic is encrypted anyway. in_transit_certificates encrypts Hadoop's too, and no cluster starts before an
  # archive of certificates is uploaded: docs/access.md, "Encryption among the nodes of a cluster".

  # One node that spot cannot take away keeps HDFS, and the run, alive.
  core_on_demand_units = 1
  core_spot_units      = 3
  minimum_units        = 2
  maximum_units        = 20
  maximum_core_units   = 10

  # What one day may cost at most, should the pipeline move to EMR Serverless (compute = "emr_serverless").
  serverless = {
    maximum_vcpu      = 84
    maximum_memory_gb = 336
    maximum_disk_gb   = 1040
    driver            = { vcpu = 4, memory_gb = 16, disk_gb = 40 }
    executor          = { vcpu = 4, memory_gb = 16, disk_gb = 50 }
  }
}

orchestration = {
  environment_class = "mw1.medium"
  min_workers       = 2
  max_workers       = 10

  notification_emails = ["data-platform@example.com", "on-call@example.com"]
  mail_from           = "airflow@example.com"
}

observability = {
  critical_emails = ["on-call@example.com"]
  warning_emails  = ["data-platform@example.com"]
  budget = {
    monthly_usd = 6000
    emails      = ["data-platform@example.com"]
  }
}
