# The platform's older layout: VPN target, load balancer, EMR and RDS, a /24 each, in this order.
# AWS demands two zones of MWAA and of RDS, which that layout did not have: `emr_b` and `rds_b` are added for them.

project     = "big-data"
environment = "older"
account_id  = "111111111111"
region      = "eu-north-1"
owner       = "data-platform"
cost_centre = "analytics"

network = {
  vpc_cidr = "10.100.0.0/16"
  public_subnets = {
    vpn_target    = { cidr = "10.100.0.0/24", zone = "a" }
    load_balancer = { cidr = "10.100.1.0/24", zone = "b" }
  }
  private_subnets = {
    emr   = { cidr = "10.100.2.0/24", zone = "a" }
    emr_b = { cidr = "10.100.4.0/24", zone = "b" }
  }
  database_subnets = {
    rds   = { cidr = "10.100.3.0/24", zone = "a" }
    rds_b = { cidr = "10.100.5.0/24", zone = "b" }
  }
  vpn_client_cidr = "10.0.0.0/16"
}

orchestration = {
  notification_emails = ["data-platform@example.com"]
  mail_from           = "airflow@example.com"
}
