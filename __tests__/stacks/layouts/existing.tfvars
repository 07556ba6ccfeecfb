# A network team owns the VPC, its routes and its endpoints; the platform moves in.

project     = "big-data"
environment = "existing"
account_id  = "111111111111"
region      = "eu-north-1"
owner       = "data-platform"
cost_centre = "analytics"

network = {
  vpc_cidr = "10.200.0.0/16"
  existing = {
    vpc_id = "vpc-0123456789abcdef0"
    public_subnets = {
      edge = { id = "subnet-0e0e0e0e", zone = "a" }
    }
    private_subnets = {
      north = { id = "subnet-0a0a0a0a", zone = "a" }
      south = { id = "subnet-0b0b0b0b", zone = "b" }
    }
    database_subnets = {
      a = { id = "subnet-0c0c0c0c", zone = "a" }
      b = { id = "subnet-0d0d0d0d", zone = "b" }
    }
  }
}

orchestration = {
  notification_emails = ["data-platform@example.com"]
  mail_from           = "airflow@example.com"
}

ci = {
  repository = "example-org/big-data-platform"
}
