# Staging: production's shape at a fraction of its size, in the account of development.
# Every key, its default and what it accepts: docs/configuration.md.

project     = "big-data"
environment = "staging"
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
  repository   = "example-org/big-data-platform"
  deploy_after = "dev"
}

people = {
  data_engineer = { saml_provider = "directory" }
  operator      = { saml_provider = "directory" }
}

network = {
  flow_logs = {
    retention_days = 90
  }
}

lake = {
  lifecycle = {
    logs_expire_days = 90
  }
}

orchestration = {
  notification_emails = ["data-platform@example.com"]
  mail_from           = "airflow-staging@example.com"
}

observability = {
  budget = {
    monthly_usd = 1500
  }
}
