# Every capability that there is, each as small as it gets: for tests, and to copy a section from.
# Nobody applies this file as it is. Every key, its default and what it accepts: docs/configuration.md.

project     = "everything"
environment = "dev"
account_id  = "111111111111"
region      = "eu-north-1"
owner       = "data-platform"
cost_centre = "research"

permissions_boundary = "platform"

account = {
  cost_allocation_tags = true
  cost_anomaly         = { emails = ["data-platform@example.com"] }
  trail                = { data_reads = true }
  defaults             = { block_public_access = true, encrypt_disks = true, require_imdsv2 = true }
}

ci = {
  repository = "example-org/big-data-platform"
}

people = {
  data_engineer = { saml_provider = "directory" }
  operator      = { saml_provider = "directory" }
  auditor       = { saml_provider = "directory" }
}

network = {
  private_subnets = {
    a = { cidr = "10.100.3.0/24", zone = "a" }
    b = { cidr = "10.100.4.0/24", zone = "b" }
    c = { cidr = "10.100.7.0/24", zone = "c" }
  }
  nat_gateways        = "single"
  interface_endpoints = ["logs", "secretsmanager", "sqs", "elasticmapreduce", "emr-serverless", "glue", "kms", "sts"]
  flow_logs           = { traffic = "REJECT", retention_days = 30 }
}

access = {
  vpn = { target_subnets = ["public_vpn"], log_retention_days = 30 }
}

lake = {
  force_destroy = true
}

catalog = {
  maintenance_days = ["sunday"]
}

metadata = {
  instance_class        = "db.t4g.micro"
  multi_az              = false
  backup_retention_days = 1
  log_retention_days    = 14
  deletion_protection   = false
  final_snapshot        = false
}

processing = {
  compute                 = "emr_serverless"
  in_transit_certificates = true
  prices                  = { currency = "EUR", per_unit = { vcpu_hour = 0.05, memory_gb_hour = 0.006 } }
}

events = {
  enabled       = true
  quiet_minutes = 5
}

streaming = {
  subnets            = ["a", "b", "c"]
  instance_type      = "kafka.m7g.large"
  storage_gb         = 20
  maximum_storage_gb = 100
  monitoring         = "PER_BROKER"
  log_retention_days = 30

  expected = { records_per_second = 100 }
}

orchestration = {
  environment_class   = "mw1.micro"
  max_workers         = 1
  schedulers          = 1
  log_retention_days  = 30
  notification_emails = ["data-platform-dev@example.com"]
  mail_from           = "airflow-dev@example.com"
  lineage             = { url = "https://lineage.example.com" }
}

observability = {
  budget = { monthly_usd = 1200, emails = ["costs@example.com"] }
}
