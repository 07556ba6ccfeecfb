# No way out but to AWS: every endpoint that MWAA and EMR need instead of a NAT gateway, and no public subnet.

project     = "big-data"
environment = "closed"
account_id  = "111111111111"
region      = "eu-north-1"
owner       = "data-platform"
cost_centre = "analytics"

network = {
  public_subnets = {}
  nat_gateways   = "none"
  interface_endpoints = [
    "logs", "secretsmanager", "sqs", "elasticmapreduce", "airflow.api", "airflow.env", "airflow.ops",
    "ecr.api", "ecr.dkr", "glue", "kms", "monitoring", "sts",
  ]
}

orchestration = {
  notification_emails = ["data-platform@example.com"]
  mail_from           = "airflow@example.com"
}
