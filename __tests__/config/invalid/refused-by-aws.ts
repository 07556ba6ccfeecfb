import type { InvalidInput } from "./base";

/** What AWS refuses, or accepts and cannot work with: reserved names, public ranges, sizes and zones that do not exist. */
export const refusedByAwsInputs: readonly InvalidInput[] = [
  [
    1,
    'project     = "sthree"',
    'prod.tfvars:1  project = "sthree"\n    starts with sthree-, which AWS keeps for itself; use another name',
  ],
  [
    1,
    'project     = "amzn-s3-demo"',
    'prod.tfvars:1  project = "amzn-s3-demo"\n    starts with amzn-s3-demo-, which AWS keeps for itself; use another name',
  ],
  [
    1,
    'project     = "sg"',
    'prod.tfvars:1  project = "sg"\n    starts with sg-, which AWS keeps for itself; use another name',
  ],
  [
    19,
    '  vpn_client_cidr     = "127.0.0.0/16"',
    'prod.tfvars:19  network.vpn_client_cidr = "127.0.0.0/16"\n    is not a private range; use a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
  ],
  [
    19,
    '  vpn_client_cidr     = "224.0.0.0/16"',
    'prod.tfvars:19  network.vpn_client_cidr = "224.0.0.0/16"\n    is not a private range; use a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
  ],
  [
    19,
    '  vpn_client_cidr     = "0.0.0.0/12"',
    'prod.tfvars:19  network.vpn_client_cidr = "0.0.0.0/12"\n    is not a private range; use a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
  ],
  [
    19,
    '  vpn_client_cidr     = "169.254.0.0/16"',
    'prod.tfvars:19  network.vpn_client_cidr = "169.254.0.0/16"\n    is not a private range; use a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
  ],
  [
    19,
    '  vpn_client_cidr     = "8.8.0.0/16"',
    'prod.tfvars:19  network.vpn_client_cidr = "8.8.0.0/16"\n    is not a private range; use a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
  ],
  [
    19,
    '  vpn_client_cidr     = "192.0.0.0/12"',
    'prod.tfvars:19  network.vpn_client_cidr = "192.0.0.0/12"\n    is not a private range; use a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
  ],
  [
    15,
    '    b = { cidr = "10.100.4.0/24", zone = "e" }',
    'prod.tfvars:15  network.private_subnets.b.zone = "e"\n    is not a zone of eu-north-1 in EC2\'s list of 2025-08-11; use one of a, b, c',
    'prod.tfvars:17  network.nat_gateways = "per_zone"\n    needs a public subnet in zone e, which has private subnets; add it to network.public_subnets, or use "single"',
  ],
  [
    11,
    '    application = { cidr = "10.100.1.0/24", zone = "f" }',
    'prod.tfvars:11  network.public_subnets.application.zone = "f"\n    is not a zone of eu-north-1 in EC2\'s list of 2025-08-11; use one of a, b, c',
    'prod.tfvars:17  network.nat_gateways = "per_zone"\n    needs a public subnet in zone b, which has private subnets; add it to network.public_subnets, or use "single"',
  ],
  [
    14,
    '    a = { cidr = "10.100.3.0/28", zone = "a" }',
    'prod.tfvars:14  network.private_subnets.a.cidr = "10.100.3.0/28"\n    has 11 addresses for 11 nodes, 6 of Airflow\'s and 4 endpoints; use a /27 or bigger, or smaller maxima',
  ],
  [
    31,
    '  primary_instance_types  = ["m5.3xlarge"]',
    'prod.tfvars:31  processing.primary_instance_types[0] = "m5.3xlarge"\n    is not offered in eu-north-1, as EC2 answered before 2025-08-11; use a type that the region offers',
  ],
  [
    31,
    '  primary_instance_types  = ["m5.99xlarge"]',
    'prod.tfvars:31  processing.primary_instance_types[0] = "m5.99xlarge"\n    is not offered in eu-north-1, as EC2 answered before 2025-08-11; use a type that the region offers',
  ],
  [
    31,
    '  primary_instance_types  = ["m1.xlarge"]',
    'prod.tfvars:31  processing.primary_instance_types[0] = "m1.xlarge"\n    is not offered in eu-north-1, as EC2 answered before 2025-08-11; use m5.xlarge, m5d.xlarge, m6i.xlarge or another type that the region offers',
  ],
  [
    55,
    '  instance_class            = "db.m5.0xlarge"',
    'prod.tfvars:55  metadata.instance_class = "db.m5.0xlarge"\n    is not offered for PostgreSQL in eu-north-1, as RDS answered before 2025-08-18; use one of db.m5.large, db.m5.xlarge, db.m5.2xlarge, db.m5.4xlarge, db.m5.8xlarge, db.m5.12xlarge, db.m5.16xlarge, db.m5.24xlarge',
  ],
  [
    55,
    '  instance_class            = "db.m5.99xlarge"',
    'prod.tfvars:55  metadata.instance_class = "db.m5.99xlarge"\n    is not offered for PostgreSQL in eu-north-1, as RDS answered before 2025-08-18; use one of db.m5.large, db.m5.xlarge, db.m5.2xlarge, db.m5.4xlarge, db.m5.8xlarge, db.m5.12xlarge, db.m5.16xlarge, db.m5.24xlarge',
  ],
  [
    55,
    '  instance_class            = "db.r6g.3xlarge"',
    'prod.tfvars:55  metadata.instance_class = "db.r6g.3xlarge"\n    is not offered for PostgreSQL in eu-north-1, as RDS answered before 2025-08-18; use one of db.r6g.large, db.r6g.xlarge, db.r6g.2xlarge, db.r6g.4xlarge, db.r6g.8xlarge, db.r6g.12xlarge, db.r6g.16xlarge',
  ],
  [
    6,
    'cost_centre = "analytics"\nci = { repository = "o/r", branch = "main/" }',
    'prod.tfvars:7  ci.branch = "main/"\n    does not have the right form; use the name of a branch without refs/heads/, for example main',
  ],
  [
    6,
    'cost_centre = "analytics"\nci = { repository = "o/r", branch = "main.lock" }',
    'prod.tfvars:7  ci.branch = "main.lock"\n    does not have the right form; use the name of a branch without refs/heads/, for example main',
  ],
  [
    6,
    'cost_centre = "analytics"\nci = { repository = "o/r", branch = "a.lock/b" }',
    'prod.tfvars:7  ci.branch = "a.lock/b"\n    does not have the right form; use the name of a branch without refs/heads/, for example main',
  ],
  [
    6,
    'cost_centre = "analytics"\nci = { repository = "o/r", branch = "a/.b" }',
    'prod.tfvars:7  ci.branch = "a/.b"\n    does not have the right form; use the name of a branch without refs/heads/, for example main',
  ],
  [
    6,
    'cost_centre = "analytics"\nci = { repository = "o/r", branch = "main." }',
    'prod.tfvars:7  ci.branch = "main."\n    does not have the right form; use the name of a branch without refs/heads/, for example main',
  ],
  [
    6,
    'cost_centre = "analytics"\nci = { repository = "o/.." }',
    'prod.tfvars:7  ci.repository = "o/.."\n    does not have the right form; use a GitHub repository as owner/name, for example example-org/big-data-platform',
  ],
  [
    6,
    'cost_centre = "analytics"\nci = { repository = "o/." }',
    'prod.tfvars:7  ci.repository = "o/."\n    does not have the right form; use a GitHub repository as owner/name, for example example-org/big-data-platform',
  ],
  [
    6,
    'cost_centre = "analytics"\npermissions_boundary = "/"',
    'prod.tfvars:7  permissions_boundary = "/"\n    does not have the right form; use the name or the ARN of an IAM policy',
  ],
  [
    6,
    'cost_centre = "analytics"\npermissions_boundary = "a//b"',
    'prod.tfvars:7  permissions_boundary = "a//b"\n    does not have the right form; use the name or the ARN of an IAM policy',
  ],
  [
    6,
    'cost_centre = "analytics"\npermissions_boundary = "a/"',
    'prod.tfvars:7  permissions_boundary = "a/"\n    does not have the right form; use the name or the ARN of an IAM policy',
  ],
  [
    6,
    'cost_centre = "analytics"\naccount = { cost_anomaly = { monitor_arn = "arn:aws:ce::111111111111:anomalymonitor/1" } }',
    'prod.tfvars:7  account.cost_anomaly.monitor_arn = "arn:aws:ce::111111111111:anomalymonitor/1"\n    is a monitor of account 111111111111, not of account_id "222222222222"; use the monitor of this account',
    'prod.tfvars:7  account.cost_anomaly.monitor_arn = "arn:aws:ce::111111111111:anomalymonitor/1"\n    has no use: account.cost_anomaly.emails is empty; add an address, or remove monitor_arn',
  ],
  [
    6,
    'cost_centre = "analytics"\naccess = { vpn = { authorizations = {} } }',
    "prod.tfvars:7  access.vpn.authorizations = {}\n    lets nobody reach anything; add one, such as { vpc = {} }, or set access.vpn.enabled = false",
  ],
  [
    76,
    "    database_free_storage_gb = 5\n    database_connections = 5000",
    "prod.tfvars:77  observability.thresholds.database_connections = 5000\n    is not below the 901 connections that metadata.instance_class db.m7g.large takes; use 900 or less",
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://:80" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://:80"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://lineage.example.com:99999" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://lineage.example.com:99999"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://lineage.example.com:0" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://lineage.example.com:0"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://-x" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://-x"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    51,
    '  mail_from = "airflow@example.com"\n  lineage = { url = "https://x-" }',
    'prod.tfvars:52  orchestration.lineage.url = "https://x-"\n    is no address that Airflow can reach; use a server\'s address without a path, for example https://lineage.example.com',
  ],
  [
    2,
    'environment = "bootstrap"',
    'prod.tfvars:2  environment = "bootstrap"\n    is a name of what exists once per account; use another name',
  ],
  [
    2,
    'environment = "account"',
    'prod.tfvars:2  environment = "account"\n    is a name of what exists once per account; use another name',
  ],
];
