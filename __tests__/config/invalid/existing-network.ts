import type { InvalidInput } from "./base";

/** Lines 7 to 20 of the valid source make a VPC; this closes them, so that a row can name one instead. */
const existing = (body: string, more = "") => `  vpn_client_cidr = "10.0.0.0/16"
${more}  existing = {
${body}
  }`;

const privateSubnets = `    private_subnets = {
      a = { id = "subnet-0a0a0a0a", zone = "a" }
      b = { id = "subnet-0b0b0b0b", zone = "b" }
    }`;
const databaseSubnets = `    database_subnets = {
      a = { id = "subnet-0c0c0c0c", zone = "a" }
      b = { id = "subnet-0d0d0d0d", zone = "b" }
    }`;
const vpc = '    vpc_id = "vpc-01234567"';
const body = [vpc, privateSubnets, databaseSubnets].join("\n");

/** What the valid source says of a VPC to create, and may not say beside one that is there. */
const both = (line: number, key: string, value: string) =>
  `prod.tfvars:${line}  network.${key} = ${value}\n    is for a VPC that is created, and network.existing names one that is there; remove one of the two`;
const created = [
  both(9, "public_subnets", "{ application, vpn }"),
  both(13, "private_subnets", "{ a, b }"),
  both(17, "nat_gateways", '"per_zone"'),
  both(18, "interface_endpoints", '["logs", "secretsmanager", "sqs", "elasticmapreduce"]'),
];

/** A VPC that is there, beside what describes one to create. */
export const existingNetworkInputs: readonly InvalidInput[] = [
  [19, existing(body), ...created],
  [
    19,
    existing(body, '  vpc_name = "other"\n  flow_logs = { traffic = "ALL" }\n  database_subnets = {}\n'),
    ...created,
    both(20, "vpc_name", '"other"'),
    both(21, "flow_logs", "{ traffic }"),
    both(22, "database_subnets", "{}"),
  ],
];

const network = (text: string) => `network = {
  vpc_cidr = "10.200.0.0/16"
  existing = {
${text}
  }
}`;

/** The same, where nothing describes a VPC to create: the whole section is replaced. */
export const existingNetworkAlone: readonly (readonly [text: string, ...problems: string[]])[] = [
  [network(body)],
  [
    network(body).replace('  vpc_cidr = "10.200.0.0/16"\n', ""),
    "prod.tfvars:8  network.existing = { database_subnets, private_subnets, vpc_id }\n    lacks the range of its VPC beside it; add network.vpc_cidr: VPN clients are kept outside it, and a plan compares it with AWS",
  ],
  [
    network(body).replace("10.200.0.0/16", "10.0.0.0/16"),
    'prod.tfvars:7  network.vpn_client_cidr = "10.0.0.0/16" (the default)\n    overlaps network.vpc_cidr 10.0.0.0/16; use a range outside it, for example 10.1.0.0/16',
  ],
  [
    network(body).replace("vpc-01234567", "vpc-1"),
    'prod.tfvars:10  network.existing.vpc_id = "vpc-1"\n    does not have the right form; use the id of a VPC, for example vpc-0123456789abcdef0',
  ],
  [
    network(body).replace("subnet-0b0b0b0b", "10.200.3.0/24"),
    'prod.tfvars:13  network.existing.private_subnets.b.id = "10.200.3.0/24"\n    does not have the right form; use the id of a subnet, for example subnet-0123456789abcdef0',
  ],
  [
    network(body).replace('"subnet-0d0d0d0d", zone = "b"', '"subnet-0d0d0d0d", zone = "a"'),
    "prod.tfvars:15  network.existing.database_subnets = { a, b }\n    has subnets in zone a only; use at least two subnets, in two zones: RDS needs both",
  ],
  [
    network(body).replace("subnet-0c0c0c0c", "subnet-0a0a0a0a"),
    'prod.tfvars:16  network.existing.database_subnets.a.id = "subnet-0a0a0a0a"\n    is network.existing.private_subnets.a again; use a subnet of its own',
  ],
  [
    network([vpc, databaseSubnets].join("\n")),
    "prod.tfvars:9  network.existing.private_subnets\n    is missing; use a map whose keys are each a snake_case name of at most 20 characters: lower-case letters, digits and _, starting with a letter",
  ],
  [
    network(`${body}\n    nat_gateways = "none"`),
    'prod.tfvars:19  network.existing.nat_gateways = "none"\n    is not a key of network.existing; it belongs in network; the keys there are vpc_id, public_subnets, private_subnets, database_subnets',
  ],
];
