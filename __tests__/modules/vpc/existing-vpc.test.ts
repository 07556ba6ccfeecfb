import { EndpointGroup } from "../../../modules/endpoints/endpoints";
import { ExistingVpc } from "../../../modules/vpc/existing-vpc";
import { only, ref, resources, synthesizeModule } from "../../stacks/synthesis";

const json = synthesizeModule((stack) => {
  const there = new ExistingVpc(stack, "existing", {
    vpcId: "vpc-01234567",
    cidr: "10.200.0.0/16",
    region: "eu-north-1",
    public: { edge: { id: "subnet-0e0e0e0e", zone: "a" } },
    private: { b: { id: "subnet-0b0b0b0b", zone: "b" }, a: { id: "subnet-0a0a0a0a", zone: "a" } },
    database: { a: { id: "subnet-0c0c0c0c", zone: "a" } },
  });
  expect(there.private.map(({ name, zone }) => [name, zone])).toEqual([
    ["private_a", "a"],
    ["private_b", "b"],
  ]);
  new EndpointGroup(stack, "endpoints", { vpc: there.vpc, namePrefix: "x" });
});

test("the VPC is read, and is what the configuration says", () => {
  expect(json.data?.aws_vpc).toEqual({
    existing: {
      id: "vpc-01234567",
      lifecycle: {
        postcondition: [
          {
            condition: ref('self.cidr_block == "10.200.0.0/16"'),
            error_message: "The main range of vpc-01234567 is not network.vpc_cidr 10.200.0.0/16.",
          },
          {
            condition: ref("self.enable_dns_support && self.enable_dns_hostnames"),
            error_message: "vpc-01234567 lacks DNS support or DNS host names, which private endpoints need.",
          },
        ],
      },
    },
  });
});

test("each subnet is read from the VPC, and is in its zone", () => {
  const subnets = json.data?.aws_subnet ?? {};
  expect(Object.keys(subnets).sort()).toEqual([
    "existing_database_a_subnet",
    "existing_private_a_subnet",
    "existing_private_b_subnet",
    "existing_public_edge_subnet",
  ]);
  expect(subnets.existing_private_b_subnet).toEqual({
    id: "subnet-0b0b0b0b",
    vpc_id: ref("data.aws_vpc.existing.id"),
    lifecycle: {
      postcondition: [
        {
          condition: ref('self.availability_zone == "eu-north-1b"'),
          error_message: "subnet-0b0b0b0b (network.existing.private_subnets.b) is not in eu-north-1b.",
        },
      ],
    },
  });
});

test("private subnets get EMR's tag, and nothing else is written there", () => {
  expect(resources(json, "aws_ec2_tag", 2).existing_private_a).toEqual({
    resource_id: ref("data.aws_subnet.existing_private_a_subnet.id"),
    key: "for-use-with-amazon-emr-managed-policies",
    value: "true",
  });
  expect(Object.keys(json.resource ?? {}).sort()).toEqual([
    "aws_ec2_tag",
    "aws_security_group",
    "aws_vpc_security_group_ingress_rule",
  ]);
});

test("the group of endpoints is there without endpoints, open to the VPC on 443", () => {
  expect(only(json, "aws_security_group")).toMatchObject({
    name: "x-endpoints",
    vpc_id: ref("data.aws_vpc.existing.id"),
  });
  expect(only(json, "aws_vpc_security_group_ingress_rule")).toMatchObject({
    cidr_ipv4: ref("data.aws_vpc.existing.cidr_block"),
    from_port: 443,
  });
});
