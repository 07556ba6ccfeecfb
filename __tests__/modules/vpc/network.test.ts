import { onePerZone, Subnets } from "../../../modules/subnets/subnets";
import { NatGateways } from "../../../modules/vpc/nat-gateways";
import { Vpc } from "../../../modules/vpc/vpc";
import type { PlatformStack } from "../../../stacks/core/platform-stack";
import { only, ref, resources, synthesizeModule } from "../../stacks/synthesis";

const publicSubnets = {
  vpn: { cidr: "10.0.0.0/24", zone: "a" },
  application: { cidr: "10.0.1.0/24", zone: "b" },
};
const privateSubnets = { a: { cidr: "10.0.3.0/24", zone: "a" }, b: { cidr: "10.0.4.0/24", zone: "b" } };

const databaseSubnets = { a: { cidr: "10.0.8.0/24", zone: "a" }, b: { cidr: "10.0.9.0/24", zone: "b" } };

function place(stack: PlatformStack, more: typeof privateSubnets = privateSubnets) {
  const { vpc, internetGateway } = new Vpc(stack, "vpc", { name: "big-data-VPC", cidr: "10.0.0.0/16" });
  const subnets = new Subnets(stack, "subnets", {
    vpc,
    internetGateway,
    region: "eu-north-1",
    namePrefix: "x",
    public: publicSubnets,
    private: more,
    database: databaseSubnets,
  });
  return { vpc, internetGateway, subnets };
}

function natGateways(placement: "per_zone" | "single" | "none", more = privateSubnets) {
  return synthesizeModule((stack) => {
    const { internetGateway, subnets } = place(stack, more);
    const { public: hosts, private: clients } = subnets;
    new NatGateways(stack, "nat", {
      internetGateway,
      public: hosts,
      private: clients,
      namePrefix: "x",
      placement,
    });
  });
}

describe("vpc", () => {
  const json = synthesizeModule(place);

  test("has the DNS that private endpoints need", () => {
    expect(only(json, "aws_vpc")).toEqual({
      cidr_block: "10.0.0.0/16",
      enable_dns_hostnames: true,
      enable_dns_support: true,
      tags: { Name: "big-data-VPC" },
    });
  });

  test("has an internet gateway, and a default security group without rules", () => {
    expect(only(json, "aws_internet_gateway").vpc_id).toBe(ref("aws_vpc.vpc.id"));
    expect(only(json, "aws_default_security_group")).toEqual({
      vpc_id: ref("aws_vpc.vpc.id"),
      tags: { Name: "big-data-VPC-default", "default-group": "empty" },
    });
  });
});

describe("subnets", () => {
  const json = synthesizeModule(place);

  test("are in their zones", () => {
    const found = resources(json, "aws_subnet", 6);
    const places = Object.entries(found).map(([name, block]) => [
      name,
      block.cidr_block,
      block.availability_zone,
    ]);
    expect(places).toEqual([
      ["subnets_database_a", "10.0.8.0/24", "eu-north-1a"],
      ["subnets_database_b", "10.0.9.0/24", "eu-north-1b"],
      ["subnets_private_a", "10.0.3.0/24", "eu-north-1a"],
      ["subnets_private_b", "10.0.4.0/24", "eu-north-1b"],
      ["subnets_public_application", "10.0.1.0/24", "eu-north-1b"],
      ["subnets_public_vpn", "10.0.0.0/24", "eu-north-1a"],
    ]);
  });

  test("give no instance a public address by themselves, and let EMR into the private ones only", () => {
    const found = resources(json, "aws_subnet", 6);
    const tag = "for-use-with-amazon-emr-managed-policies";
    expect(Object.values(found).filter((block) => block.map_public_ip_on_launch)).toEqual([]);
    expect(Object.keys(found).filter((name) => found[name].tags[tag] === "true")).toEqual([
      "subnets_private_a",
      "subnets_private_b",
    ]);
  });

  test("have a table for each private one, one to the internet for the public ones, and one without routes", () => {
    resources(json, "aws_route_table", 4);
    expect(only(json, "aws_route")).toEqual({
      route_table_id: ref("aws_route_table.subnets_public.id"),
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: ref("aws_internet_gateway.vpc.id"),
    });
    const associations = resources(json, "aws_route_table_association", 6);
    const tables = Object.entries(associations).map(([name, block]) => [name, block.route_table_id]);
    expect(tables).toEqual([
      ["subnets_database_a", ref("aws_route_table.subnets_database.id")],
      ["subnets_database_b", ref("aws_route_table.subnets_database.id")],
      ["subnets_private_a", ref("aws_route_table.subnets_private_a.id")],
      ["subnets_private_b", ref("aws_route_table.subnets_private_b.id")],
      ["subnets_public_application", ref("aws_route_table.subnets_public.id")],
      ["subnets_public_vpn", ref("aws_route_table.subnets_public.id")],
    ]);
  });

  test("are one of a zone, the first by name, where a service takes one only", () => {
    synthesizeModule((stack) => {
      const { subnets } = place(stack, {
        ...privateSubnets,
        a2: { cidr: "10.0.5.0/24", zone: "a" },
      } as never);
      expect(subnets.private.map(({ name }) => name)).toEqual(["private_a", "private_a2", "private_b"]);
      expect(onePerZone(subnets.private).map(({ name }) => name)).toEqual(["private_a", "private_b"]);
    });
  });
});

describe("NAT gateways", () => {
  test("are in the public subnet of each zone, and wait for the internet gateway", () => {
    const json = natGateways("per_zone");
    const gateways = resources(json, "aws_nat_gateway", 2);
    const addresses = resources(json, "aws_eip", 2);
    expect(gateways.nat_b).toEqual({
      allocation_id: ref("aws_eip.nat_b.id"),
      subnet_id: ref("aws_subnet.subnets_public_application.id"),
      depends_on: ["aws_internet_gateway.vpc"],
      tags: { Name: "x-nat-b" },
    });
    expect(addresses.nat_b).toEqual({
      domain: "vpc",
      depends_on: ["aws_internet_gateway.vpc"],
      tags: { Name: "x-nat-b" },
    });
  });

  test("route each private subnet through its own zone", () => {
    const routes = resources(natGateways("per_zone"), "aws_route", 3);
    expect(routes.nat_private_a.nat_gateway_id).toBe(ref("aws_nat_gateway.nat_a.id"));
    expect(routes.nat_private_b.nat_gateway_id).toBe(ref("aws_nat_gateway.nat_b.id"));
    expect(routes.nat_private_b.route_table_id).toBe(ref("aws_route_table.subnets_private_b.id"));
  });

  test("can be one for all", () => {
    const json = natGateways("single");
    resources(json, "aws_nat_gateway", 1);
    resources(json, "aws_eip", 1);
    const routes = resources(json, "aws_route", 3);
    expect(routes.nat_private_b.nat_gateway_id).toBe(ref("aws_nat_gateway.nat_a.id"));
  });

  test("can be none, with no way out of private subnets", () => {
    const json = natGateways("none");
    resources(json, "aws_nat_gateway", 0);
    resources(json, "aws_eip", 0);
    expect(Object.keys(resources(json, "aws_route", 1))).toEqual(["subnets_public_internet"]);
  });

  test("refuse a zone without a public subnet", () => {
    const more = { ...privateSubnets, c: { cidr: "10.0.5.0/24", zone: "c" } };
    expect(() => natGateways("per_zone", more)).toThrow(
      'subnet private_c: no public subnet in zone c to hold its NAT gateway; add one, or set nat_gateways = "single"',
    );
  });
});
