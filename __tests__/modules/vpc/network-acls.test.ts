import { Subnets } from "../../../modules/subnets/subnets";
import { NetworkAcls } from "../../../modules/vpc/network-acls";
import { Vpc } from "../../../modules/vpc/vpc";
import { type Block, ref, resources, synthesizeModule } from "../../stacks/synthesis";

const json = synthesizeModule((stack) => {
  const { vpc, internetGateway } = new Vpc(stack, "vpc", { name: "v", cidr: "10.0.0.0/16" });
  const subnets = new Subnets(stack, "subnets", {
    vpc,
    internetGateway,
    region: "eu-north-1",
    namePrefix: "x",
    public: { vpn: { cidr: "10.0.0.0/24", zone: "a" } },
    private: { a: { cidr: "10.0.3.0/24", zone: "a" }, b: { cidr: "10.0.4.0/24", zone: "b" } },
    database: { a: { cidr: "10.0.8.0/24", zone: "a" }, b: { cidr: "10.0.9.0/24", zone: "b" } },
  });
  new NetworkAcls(stack, "acls", { vpc, namePrefix: "x", subnets });
});
const lists = resources(json, "aws_network_acl", 3);

/** The rules in lines: number, protocol, ports, range. */
function lines(rules: Block[]): string[] {
  return rules.map((rule) => {
    const cidr = rule.cidr_block === ref("aws_vpc.vpc.cidr_block") ? "vpc" : rule.cidr_block;
    const what = rule.protocol === "icmp" ? [rule.icmp_type, rule.icmp_code] : [rule.from_port, rule.to_port];
    return [rule.rule_no, rule.action, rule.protocol, what.join("-"), cidr].join(" ");
  });
}

test("each tier has its own list, with all of its subnets", () => {
  const places = Object.entries(lists).map(([name, list]) => [name, list.subnet_ids, list.tags.Name]);
  const ids = (...names: string[]) => names.map((name) => ref(`aws_subnet.subnets_${name}.id`));
  expect(places).toEqual([
    ["acls_database", ids("database_a", "database_b"), "x-database"],
    ["acls_private", ids("private_a", "private_b"), "x-private"],
    ["acls_public", ids("public_vpn"), "x-public"],
  ]);
});

test.each(["acls_public", "acls_private"])("%s lets the VPC in, and from elsewhere only answers", (name) => {
  expect(lines(lists[name].ingress)).toEqual([
    "100 allow -1 0-0 vpc",
    "200 allow tcp 1024-65535 0.0.0.0/0",
    "300 allow icmp 3-4 0.0.0.0/0",
  ]);
  expect(lines(lists[name].egress)).toEqual([
    "100 allow -1 0-0 vpc",
    "200 allow tcp 0-65535 0.0.0.0/0",
    "300 allow icmp 3-4 0.0.0.0/0",
  ]);
});

test("databases speak PostgreSQL with the VPC, and answer it", () => {
  expect(lines(lists.acls_database.ingress)).toEqual(["100 allow tcp 5432-5432 vpc"]);
  expect(lines(lists.acls_database.egress)).toEqual(["100 allow tcp 1024-65535 vpc"]);
});

test("every rule says every attribute, as lists of objects in Terraform have to", () => {
  const rules = Object.values(lists).flatMap(({ ingress, egress }) => [...ingress, ...egress]);
  expect(rules).toHaveLength(14);
  for (const rule of rules) {
    expect(Object.keys(rule).sort()).toEqual([
      "action",
      "cidr_block",
      "from_port",
      "icmp_code",
      "icmp_type",
      "ipv6_cidr_block",
      "protocol",
      "rule_no",
      "to_port",
    ]);
  }
});
