import { dev } from "../environments";
import { only, pick, ref, resources, type StackJson, stacksOf } from "../synthesis";
import { layout } from "./layouts";

const outputsOf = (json: StackJson) => Object.keys(json.output ?? {}).sort();
const subnetOutput = /^(public|private|database)_subnet_\w+_id$/;

async function synthesized(name: Parameters<typeof layout>[0]): Promise<Map<string, StackJson>> {
  return stacksOf([await layout(name)]);
}

describe("the older layout", () => {
  test("has its subnets in their tiers, and one more zone for MWAA and for RDS", async () => {
    const network = pick(await synthesized("older"), "older-network");
    const subnets = Object.entries(resources(network, "aws_subnet", 6));
    expect(subnets.map(([name, block]) => [name, block.cidr_block, block.availability_zone])).toEqual([
      ["subnets_database_rds", "10.100.3.0/24", "eu-north-1a"],
      ["subnets_database_rds_b", "10.100.5.0/24", "eu-north-1b"],
      ["subnets_private_emr", "10.100.2.0/24", "eu-north-1a"],
      ["subnets_private_emr_b", "10.100.4.0/24", "eu-north-1b"],
      ["subnets_public_load_balancer", "10.100.1.0/24", "eu-north-1b"],
      ["subnets_public_vpn_target", "10.100.0.0/24", "eu-north-1a"],
    ]);
    expect(only(network, "aws_vpc").cidr_block).toBe("10.100.0.0/16");
    expect(outputsOf(network).filter((name) => subnetOutput.test(name))).toEqual([
      "database_subnet_rds_b_id",
      "database_subnet_rds_id",
      "private_subnet_emr_b_id",
      "private_subnet_emr_id",
      "public_subnet_load_balancer_id",
      "public_subnet_vpn_target_id",
    ]);
  });
});

describe("a network without a NAT gateway", () => {
  test("has no way out but endpoints", async () => {
    const network = pick(await synthesized("closed"), "closed-network");
    resources(network, "aws_nat_gateway", 0);
    resources(network, "aws_eip", 0);
    expect(Object.keys(resources(network, "aws_route", 1))).toEqual(["subnets_public_internet"]);
    const endpoints = Object.values(resources(network, "aws_vpc_endpoint", 14));
    expect(
      endpoints.map(({ service_name }) => service_name.replace("com.amazonaws.eu-north-1.", "")).sort(),
    ).toEqual([
      "airflow.api",
      "airflow.env",
      "airflow.ops",
      "ecr.api",
      "ecr.dkr",
      "elasticmapreduce",
      "glue",
      "kms",
      "logs",
      "monitoring",
      "s3",
      "secretsmanager",
      "sqs",
      "sts",
    ]);
  });
});

describe("a VPC that is there", () => {
  let stacks: Map<string, StackJson>;

  beforeAll(async () => {
    stacks = await synthesized("existing");
  });

  test("gets security groups and EMR's tags, and nothing else", () => {
    const network = pick(stacks, "existing-network");
    resources(network, "aws_security_group", 9);
    resources(network, "aws_ec2_tag", 2);
    expect(Object.keys(network.resource ?? {}).sort()).toEqual([
      "aws_ec2_tag",
      "aws_secretsmanager_secret",
      "aws_secretsmanager_secret_version",
      "aws_security_group",
      "aws_vpc_security_group_egress_rule",
      "aws_vpc_security_group_ingress_rule",
    ]);
    for (const group of Object.values(resources(network, "aws_security_group", 9))) {
      expect(group.vpc_id).toBe(ref("data.aws_vpc.existing.id"));
    }
  });

  test("is compared with what the file says of it", () => {
    const { existing } = pick(stacks, "existing-network").data?.aws_vpc ?? {};
    expect(existing.id).toBe("vpc-0123456789abcdef0");
    expect(existing.lifecycle.postcondition[0].condition).toBe(ref('self.cidr_block == "10.200.0.0/16"'));
  });

  test("has the outputs of a VPC that is created", () => {
    const created = outputsOf(pick(stacksOf([dev]), "dev-network"));
    const found = outputsOf(pick(stacks, "existing-network"));
    expect(found.filter((name) => !subnetOutput.test(name))).toEqual(
      created.filter((name) => !subnetOutput.test(name)),
    );
    const { output } = pick(stacks, "existing-network");
    expect(output?.private_subnet_south_id.value).toBe(
      ref("data.aws_subnet.existing_private_south_subnet.id"),
    );
    expect(output?.public_subnet_edge_id.value).toBe(ref("data.aws_subnet.existing_public_edge_subnet.id"));
    expect(output?.database_subnet_b_id.value).toBe(ref("data.aws_subnet.existing_database_b_subnet.id"));
    expect(output?.vpc_id.value).toBe(ref("data.aws_vpc.existing.id"));
  });

  test("is where Airflow runs, in its two zones", () => {
    const airflow = only(pick(stacks, "existing-orchestration"), "aws_mwaa_environment");
    expect(airflow.network_configuration.subnet_ids).toEqual(
      ["north", "south"].map((name) =>
        ref(`data.terraform_remote_state.network.outputs.private_subnet_${name}_id`),
      ),
    );
  });

  test("leaves nothing to its configuration that would not be made", async () => {
    const { network } = await layout("existing");
    expect(network).toMatchObject({ nat_gateways: "none", interface_endpoints: [] });
    expect(network.private_subnets).toEqual(network.existing?.private_subnets);
    expect(network.database_subnets).toEqual(network.existing?.database_subnets);
  });
});
