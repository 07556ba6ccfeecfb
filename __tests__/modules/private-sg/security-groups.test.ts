import { AirflowSecurityGroup } from "../../../modules/airflow/security-group";
import { VpnSecurityGroup } from "../../../modules/client-vpn/security-group";
import { EmrSecurityGroups } from "../../../modules/emr/security-groups";
import { ServerlessSecurityGroup } from "../../../modules/emr-serverless/security-group";
import { PrivateSecurityGroup } from "../../../modules/private-sg/private-sg";
import { MetadataSecurityGroup } from "../../../modules/rds/security-group";
import { Vpc } from "../../../modules/vpc/vpc";
import { type Block, only, ref, resources, synthesizeModule } from "../../stacks/synthesis";

const ingress = "aws_vpc_security_group_ingress_rule";
const egress = "aws_vpc_security_group_egress_rule";

/** A rule in a line: peer, protocol, ports. */
function line(rule: Block): string {
  const peer = rule.referenced_security_group_id ?? rule.cidr_ipv4;
  const name = peer.replace(/^\$\{aws_security_group\.(.*)\.id\}$/, "$1").replace(/^\$\{(.*)\}$/, "$1");
  return [name, rule.ip_protocol, rule.from_port, rule.to_port]
    .filter((part) => part !== undefined)
    .join(" ");
}

/** The rules of a group in lines, sorted. */
function rulesOf(rules: Record<string, Block>, group: string): string[] {
  const own = Object.values(rules).filter(
    (rule) => rule.security_group_id === ref(`aws_security_group.${group}.id`),
  );
  return own.map(line).sort();
}

describe("EMR", () => {
  const json = synthesizeModule((stack) => {
    const { vpc } = new Vpc(stack, "vpc", { name: "v", cidr: "10.0.0.0/16" });
    new EmrSecurityGroups(stack, "emr", { vpc, namePrefix: "x" });
  });
  const cluster = ["emr_core -1", "emr_primary -1"];

  test("has three groups that it may act on and that take its rules along when they go", () => {
    const groups = resources(json, "aws_security_group", 3);
    expect(Object.keys(groups)).toEqual(["emr_core", "emr_primary", "emr_service_access"]);
    for (const group of Object.values(groups)) {
      expect(group.revoke_rules_on_delete).toBe(true);
      expect(group.tags["for-use-with-amazon-emr-managed-policies"]).toBe("true");
    }
  });

  test("admits its nodes and its control plane, and nothing from outside", () => {
    const rules = resources(json, ingress, 7);
    expect(rulesOf(rules, "emr_primary")).toEqual([...cluster, "emr_service_access tcp 8443 8443"]);
    expect(rulesOf(rules, "emr_core")).toEqual([...cluster, "emr_service_access tcp 8443 8443"]);
    expect(rulesOf(rules, "emr_service_access")).toEqual(["emr_primary tcp 9443 9443"]);
  });

  test("lets nodes out to each other, to the control plane, and to the world by HTTPS", () => {
    const rules = resources(json, egress, 9);
    const out = "0.0.0.0/0 tcp 443 443";
    expect(rulesOf(rules, "emr_primary")).toEqual([out, ...cluster, "emr_service_access tcp 9443 9443"]);
    expect(rulesOf(rules, "emr_core")).toEqual([out, ...cluster]);
    expect(rulesOf(rules, "emr_service_access")).toEqual([
      "emr_core tcp 8443 8443",
      "emr_primary tcp 8443 8443",
    ]);
  });
});

describe("Airflow, the VPN, EMR Serverless and the metadata database", () => {
  const json = synthesizeModule((stack) => {
    const { vpc } = new Vpc(stack, "vpc", { name: "v", cidr: "10.0.0.0/16" });
    const vpn = new VpnSecurityGroup(stack, "vpn", { vpc, name: "x-vpn" });
    const airflow = new AirflowSecurityGroup(stack, "airflow", { vpc, name: "x-airflow", vpn });
    new ServerlessSecurityGroup(stack, "emr_serverless", { vpc, name: "x-serverless" });
    new MetadataSecurityGroup(stack, "metadata", { vpc, name: "x-metadata", clients: { airflow, vpn } });
  });
  const database = "metadata tcp 5432 5432";

  test("let in nobody else than who has to", () => {
    const rules = resources(json, ingress, 5);
    expect(rulesOf(rules, "airflow")).toEqual([
      "airflow -1",
      "aws_vpc.vpc.cidr_block tcp 443 443",
      "vpn tcp 443 443",
    ]);
    expect(rulesOf(rules, "metadata")).toEqual(["airflow tcp 5432 5432", "vpn tcp 5432 5432"]);
    expect(rulesOf(rules, "vpn")).toEqual([]);
    expect(rulesOf(rules, "emr_serverless")).toEqual([]);
  });

  test("let out Airflow anywhere, people into the VPC, workers by HTTPS, each to the database, the database nowhere", () => {
    const rules = resources(json, egress, 5);
    expect(rulesOf(rules, "airflow")).toEqual(["0.0.0.0/0 -1", database]);
    expect(rulesOf(rules, "vpn")).toEqual(["aws_vpc.vpc.cidr_block -1", database]);
    expect(rulesOf(rules, "emr_serverless")).toEqual(["0.0.0.0/0 tcp 443 443"]);
    expect(rulesOf(rules, "metadata")).toEqual([]);
  });

  test("are called what they are for", () => {
    const groups = Object.entries(resources(json, "aws_security_group", 4));
    expect(
      groups.map(([id, { tags, description }]) => [id, (tags as { Name: string }).Name, description]),
    ).toEqual([
      ["airflow", "x-airflow", "Airflow environment on MWAA"],
      ["emr_serverless", "x-serverless", "EMR Serverless workers"],
      ["metadata", "x-metadata", "Metadata database on RDS for PostgreSQL"],
      ["vpn", "x-vpn", "People who come in through Client VPN"],
    ]);
  });
});

test("private-sg admits all traffic from the VPC", () => {
  const json = synthesizeModule((stack) => {
    const { vpc } = new Vpc(stack, "vpc", { name: "v", cidr: "10.0.0.0/16" });
    new PrivateSecurityGroup(stack, "private", { vpc, name: "private-sg" });
  });
  expect(only(json, "aws_security_group")).toEqual({
    name: "private-sg",
    vpc_id: ref("aws_vpc.vpc.id"),
    description: "Allow all traffic from VPC",
    tags: { Name: "private-sg" },
  });
  expect(line(only(json, ingress))).toBe("aws_vpc.vpc.cidr_block -1");
  expect(line(only(json, egress))).toBe("0.0.0.0/0 -1");
});
