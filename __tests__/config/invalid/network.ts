import type { InvalidInput } from "./base";

/** The VPC, its subnets, endpoints and the VPN's range. */
export const networkInputs: readonly InvalidInput[] = [
  [
    8,
    '  vpc_cidr = "10.100.0.0"',
    'prod.tfvars:8  network.vpc_cidr = "10.100.0.0"\n    is not an IPv4 range; use an IPv4 range from /16 to /28, for example 10.100.0.0/16',
  ],
  [
    8,
    '  vpc_cidr = "10.100.0.0/8"',
    'prod.tfvars:8  network.vpc_cidr = "10.100.0.0/8"\n    is a range of size /8; use an IPv4 range from /16 to /28, for example 10.100.0.0/16',
  ],
  [
    8,
    '  vpc_cidr = "10.100.7.0/16"',
    'prod.tfvars:8  network.vpc_cidr = "10.100.7.0/16"\n    has bits set beyond its /16 prefix; use 10.100.0.0/16',
  ],
  [
    8,
    '  vpc_cidr = "11.100.0.0/16"',
    'prod.tfvars:8  network.vpc_cidr = "11.100.0.0/16"\n    is not a private range; use a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
  ],
  [
    8,
    '  vpc_cidr = "010.100.0.0/16"',
    'prod.tfvars:8  network.vpc_cidr = "010.100.0.0/16"\n    is not an IPv4 range; use an IPv4 range from /16 to /28, for example 10.100.0.0/16',
  ],
  [
    8,
    '  vpc_cidr = "10.300.0.0/16"',
    'prod.tfvars:8  network.vpc_cidr = "10.300.0.0/16"\n    is not an IPv4 range; use an IPv4 range from /16 to /28, for example 10.100.0.0/16',
  ],
  [
    8,
    '  vpc_cidr = "10.0.0.0/16"',
    'prod.tfvars:7  network.database_subnets.a.cidr = "10.100.5.0/24" (the default)\n    is outside network.vpc_cidr 10.0.0.0/16; use a range inside it, for example 10.0.4.0/24',
    'prod.tfvars:7  network.database_subnets.b.cidr = "10.100.6.0/24" (the default)\n    is outside network.vpc_cidr 10.0.0.0/16; use a range inside it, for example 10.0.5.0/24',
    'prod.tfvars:10  network.public_subnets.vpn.cidr = "10.100.0.0/24"\n    is outside network.vpc_cidr 10.0.0.0/16; use a range inside it, for example 10.0.1.0/24',
    'prod.tfvars:11  network.public_subnets.application.cidr = "10.100.1.0/24"\n    is outside network.vpc_cidr 10.0.0.0/16; use a range inside it, for example 10.0.0.0/24',
    'prod.tfvars:14  network.private_subnets.a.cidr = "10.100.3.0/24"\n    is outside network.vpc_cidr 10.0.0.0/16; use a range inside it, for example 10.0.2.0/24',
    'prod.tfvars:15  network.private_subnets.b.cidr = "10.100.4.0/24"\n    is outside network.vpc_cidr 10.0.0.0/16; use a range inside it, for example 10.0.3.0/24',
    'prod.tfvars:19  network.vpn_client_cidr = "10.0.0.0/16"\n    overlaps network.vpc_cidr 10.0.0.0/16; use a range outside it, for example 10.1.0.0/16',
  ],
  [
    8,
    '  vpc_cdir = "10.100.0.0/16"',
    'prod.tfvars:8  network.vpc_cdir = "10.100.0.0/16"\n    is not a key of network; did you mean vpc_cidr? the keys there are vpc_name, vpc_cidr, public_subnets, private_subnets, database_subnets, nat_gateways, endpoints, interface_endpoints, flow_logs, existing, vpn_client_cidr',
  ],
  [
    10,
    '    vpn = { cidr = "10.100.3.0/25", zone = "a" }',
    'prod.tfvars:14  network.private_subnets.a.cidr = "10.100.3.0/24"\n    overlaps network.public_subnets.vpn 10.100.3.0/25; use a range apart from it, for example 10.100.0.0/24',
  ],
  [
    10,
    '    vpn = { cidr = "10.100.0.0/29", zone = "a" }',
    'prod.tfvars:10  network.public_subnets.vpn.cidr = "10.100.0.0/29"\n    is a range of size /29; use an IPv4 range from /16 to /28, for example 10.100.0.0/24',
  ],
  [
    10,
    '    vpn = { cidr = "10.100.0.0/24", zone = "A" }',
    'prod.tfvars:10  network.public_subnets.vpn.zone = "A"\n    does not have the right form; use the letter of an availability zone, a to f',
  ],
  [
    10,
    '    vpn = { cidr = "10.100.0.0/24" }',
    "prod.tfvars:10  network.public_subnets.vpn.zone\n    is missing; use the letter of an availability zone, a to f",
  ],
  [
    10,
    '    vpn = "10.100.0.0/24"',
    'prod.tfvars:10  network.public_subnets.vpn = "10.100.0.0/24"\n    is text, not a map; use a map with cidr, zone',
  ],
  [
    10,
    '    vpn-target = { cidr = "10.100.0.0/24", zone = "a" }',
    "prod.tfvars:10  network.public_subnets.vpn-target = { cidr, zone }\n    has a name of the wrong form; name it with a snake_case name of at most 20 characters: lower-case letters, digits and _, starting with a letter",
  ],
  [
    10,
    '    vpn = { cidr = "10.100.0.0/24", zone = "a", public = true }',
    "prod.tfvars:10  network.public_subnets.vpn.public = true\n    is not a key of network.public_subnets.vpn; remove it; the keys there are cidr, zone",
  ],
  [
    11,
    '    application = { cidr = "10.100.1.0/24", zone = "a" }',
    'prod.tfvars:17  network.nat_gateways = "per_zone"\n    needs a public subnet in zone b, which has private subnets; add it to network.public_subnets, or use "single"',
  ],
  [
    14,
    '    a = { cidr = "10.200.3.0/24", zone = "a" }',
    'prod.tfvars:14  network.private_subnets.a.cidr = "10.200.3.0/24"\n    is outside network.vpc_cidr 10.100.0.0/16; use a range inside it, for example 10.100.2.0/24',
  ],
  [
    14,
    '    a = { cidr = "10.100.4.128/25", zone = "a" }',
    'prod.tfvars:15  network.private_subnets.b.cidr = "10.100.4.0/24"\n    overlaps network.private_subnets.a 10.100.4.128/25; use a range apart from it, for example 10.100.2.0/24',
  ],
  [
    14,
    '    a = { cidr = "10.100.3.0/24", zone = "b" }',
    "prod.tfvars:13  network.private_subnets = { a, b }\n    has subnets in zone b only; use at least two subnets, in two zones: MWAA needs both",
  ],
  [
    14,
    '    a = { cidr = "10.100.3.0/24", zone = "c" }',
    'prod.tfvars:17  network.nat_gateways = "per_zone"\n    needs a public subnet in zone c, which has private subnets; add it to network.public_subnets, or use "single"',
  ],
  [
    14,
    '    a = { cidr = "10.100.0.0/16", zone = "a" }',
    'prod.tfvars:7  network.database_subnets.a.cidr = "10.100.5.0/24" (the default)\n    overlaps network.private_subnets.a 10.100.0.0/16; use a range apart from it',
    'prod.tfvars:7  network.database_subnets.b.cidr = "10.100.6.0/24" (the default)\n    overlaps network.private_subnets.a 10.100.0.0/16; use a range apart from it',
    'prod.tfvars:14  network.private_subnets.a.cidr = "10.100.0.0/16"\n    overlaps network.public_subnets.application 10.100.1.0/24; use a range apart from it',
    'prod.tfvars:15  network.private_subnets.b.cidr = "10.100.4.0/24"\n    overlaps network.private_subnets.a 10.100.0.0/16; use a range apart from it',
  ],
  [
    14,
    '    a = { cidr = "2001:db8::/32", zone = "a" }',
    'prod.tfvars:14  network.private_subnets.a.cidr = "2001:db8::/32"\n    is not an IPv4 range; use an IPv4 range from /16 to /28, for example 10.100.3.0/24',
  ],
  [
    14,
    "",
    "prod.tfvars:13  network.private_subnets = { b }\n    has subnets in zone b only; use at least two subnets, in two zones: MWAA needs both",
  ],
  [
    16,
    '  }\n  database_subnets = { a = { cidr = "10.100.5.0/24", zone = "a" }, c = { cidr = "10.100.6.0/24", zone = "a" } }',
    "prod.tfvars:17  network.database_subnets = { a, c }\n    has subnets in zone a only; use at least two subnets, in two zones: RDS needs both",
  ],
  [
    16,
    "  }\n  database_subnets = {}",
    "prod.tfvars:17  network.database_subnets = {}\n    has no subnet; use at least two subnets, in two zones: RDS needs both",
  ],
  [
    16,
    '  }\n  database_subnets = { a = { cidr = "10.100.4.0/24", zone = "a" }, b = { cidr = "10.100.6.0/24", zone = "b" } }',
    'prod.tfvars:17  network.database_subnets.a.cidr = "10.100.4.0/24"\n    overlaps network.private_subnets.b 10.100.4.0/24; use a range apart from it, for example 10.100.2.0/24',
  ],
  [
    15,
    '    b = { cidr = "10.100.6.0/24", zone = "b" }',
    'prod.tfvars:7  network.database_subnets.b.cidr = "10.100.6.0/24" (the default)\n    overlaps network.private_subnets.b 10.100.6.0/24; use a range apart from it, for example 10.100.2.0/24',
  ],
  [
    17,
    '  nat_gateways = "none"',
    'prod.tfvars:18  network.interface_endpoints = ["logs", "secretsmanager", "sqs", "elasticmapreduce"]\n    lacks airflow.api, airflow.env, airflow.ops, ecr.api, ecr.dkr, glue, kms, monitoring, sts; add what is missing: nat_gateways = "none" leaves MWAA and EMR no other way',
  ],
  [
    17,
    '  nat_gateways = "none"\n  endpoints = "minimal"',
    'prod.tfvars:18  network.endpoints = "minimal"\n    leaves MWAA and EMR no way to AWS with nat_gateways = "none"; use "perimeter"',
    'prod.tfvars:18  network.endpoints = "minimal"\n    makes none of network.interface_endpoints; remove them, or use "perimeter"',
  ],
  [
    17,
    '  nat_gateways = "both"',
    'prod.tfvars:17  network.nat_gateways = "both"\n    is not one of the known values; use one of "per_zone", "single", "none"',
  ],
  [
    17,
    "  nat_gateways = 2",
    'prod.tfvars:17  network.nat_gateways = 2\n    is a number, not text in quotes; use one of "per_zone", "single", "none"',
  ],
  [
    18,
    '  interface_endpoints = ["logs", "secretsmanager", "elasticmapreduce"]',
    'prod.tfvars:18  network.interface_endpoints = ["logs", "secretsmanager", "elasticmapreduce"]\n    lacks sqs; add what is missing: the platform needs it',
  ],
  [
    18,
    '  interface_endpoints = ["logs", "secretmanager", "sqs", "elasticmapreduce"]',
    'prod.tfvars:18  network.interface_endpoints[1] = "secretmanager"\n    is not one of the known values; did you mean "secretsmanager"? all 31 are in docs/configuration.md',
  ],
  [
    18,
    '  interface_endpoints = ["logs", "secretsmanager", "sqs", "elasticmapreduce", "s3"]',
    'prod.tfvars:18  network.interface_endpoints[4] = "s3"\n    is not one of the known values; use one of "logs", "secretsmanager", "sqs", "elasticmapreduce", "airflow.api", "airflow.env", "airflow.ops", "athena", "autoscaling", "cloudformation", "cloudtrail", "ec2", "ec2messages", "ecr.api", "ecr.dkr", "emr-serverless", "events", "glue", "kinesis-firehose", "kinesis-streams", "kms", "lakeformation", "lambda", "monitoring", "rds", "rds-data", "sns", "ssm", "ssmmessages", "states", "sts"',
  ],
  [
    18,
    '  interface_endpoints = "logs"',
    'prod.tfvars:18  network.interface_endpoints = "logs"\n    is text, not a list; use a list of 1 to 50 different values, each one of "logs", "secretsmanager", "sqs", "elasticmapreduce", "airflow.api", "airflow.env", "airflow.ops", "athena", "autoscaling", "cloudformation", "cloudtrail", "ec2", "ec2messages", "ecr.api", "ecr.dkr", "emr-serverless", "events", "glue", "kinesis-firehose", "kinesis-streams", "kms", "lakeformation", "lambda", "monitoring", "rds", "rds-data", "sns", "ssm", "ssmmessages", "states", "sts"',
  ],
  [
    18,
    '  interface_endpoints = ["logs", "secretsmanager", "sqs", "elasticmapreduce", "sqs"]',
    'prod.tfvars:18  network.interface_endpoints[4] = "sqs"\n    is in the list already, as item 2; remove one of the two',
  ],
  [
    17,
    "  flow_logs = { retention_days = 100 }",
    "prod.tfvars:17  network.flow_logs.retention_days = 100\n    is not a number of days that CloudWatch offers; use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
  ],
  [
    17,
    '  flow_logs = { retention_days = "a year" }',
    'prod.tfvars:17  network.flow_logs.retention_days = "a year"\n    is text, not a number; use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653',
  ],
  [
    17,
    '  flow_logs = { traffic = "ACCEPT" }',
    'prod.tfvars:17  network.flow_logs.traffic = "ACCEPT"\n    is not one of the known values; use one of "ALL", "REJECT"',
  ],
  [
    19,
    '  vpn_client_cidr = "10.100.128.0/18"',
    'prod.tfvars:19  network.vpn_client_cidr = "10.100.128.0/18"\n    overlaps network.vpc_cidr 10.100.0.0/16; use a range outside it, for example 10.0.0.0/18',
  ],
  [
    19,
    '  vpn_client_cidr = "10.0.0.0/23"',
    'prod.tfvars:19  network.vpn_client_cidr = "10.0.0.0/23"\n    is a range of size /23; use an IPv4 range from /12 to /22, for example 10.0.0.0/16',
  ],
  [
    19,
    '  vpn_client_cidr = "10.0.0.0/8"',
    'prod.tfvars:19  network.vpn_client_cidr = "10.0.0.0/8"\n    is a range of size /8; use an IPv4 range from /12 to /22, for example 10.0.0.0/16',
  ],
];
