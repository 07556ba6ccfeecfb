import { at, drop, editJson, rename } from "../../synthesized";
import type { Case } from "../case";

/** Rules that let less in or the same, and what costs less. */
export const networkAndCost: readonly Case[] = [
  {
    name: "a rule of another address",
    stack: "dev-network",
    address: "aws_vpc_security_group_ingress_rule.metadata_for_vpn",
    edit: (json) =>
      rename(
        json,
        "aws_vpc_security_group_ingress_rule.metadata_from_vpn",
        "aws_vpc_security_group_ingress_rule.metadata_for_vpn",
      ),
  },
  {
    name: "a rule that another covers",
    stack: "dev-network",
    address: "aws_vpc_security_group_ingress_rule.private_https",
    edit: (json) => {
      const wide = at(json, "aws_vpc_security_group_ingress_rule.private_from_vpc");
      json.resource.aws_vpc_security_group_ingress_rule.private_https = {
        ...wide,
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
      };
    },
  },
  {
    name: "one port instead of all",
    stack: "dev-network",
    address: "aws_vpc_security_group_egress_rule.airflow_to_anywhere",
    edit: (json) => {
      const rule = at(json, "aws_vpc_security_group_egress_rule.airflow_to_anywhere");
      Object.assign(rule, { ip_protocol: "tcp", from_port: 443, to_port: 443 });
    },
  },
  {
    name: "a rule's description",
    stack: "dev-network",
    address: "aws_vpc_security_group_ingress_rule.metadata_from_vpn",
    edit: (json) => {
      at(json, "aws_vpc_security_group_ingress_rule.metadata_from_vpn").description = "People with questions";
    },
  },
  {
    name: "rules of a network ACL in another order",
    stack: "dev-network",
    address: "aws_network_acl.acls_private",
    edit: (json) => at(json, "aws_network_acl.acls_private").ingress.reverse(),
  },
  {
    name: "a NAT gateway less",
    stack: "prod-network",
    address: "aws_nat_gateway.nat_gateways_b",
    edit: (json) => drop(json, "aws_nat_gateway.nat_gateways_b"),
  },
  {
    name: "a smaller Airflow with fewer workers",
    stack: "prod-orchestration",
    address: "aws_mwaa_environment.airflow",
    edit: (json) => {
      Object.assign(at(json, "aws_mwaa_environment.airflow"), {
        environment_class: "mw1.small",
        max_workers: 2,
      });
    },
  },
  {
    name: "clusters of fewer machines",
    stack: "prod-processing",
    address: "aws_secretsmanager_secret_version.facts",
    edit: (json) =>
      editJson(json, "aws_secretsmanager_secret_version.facts", "secret_string", (facts) => {
        facts.maximum_units = 1;
      }),
  },
  {
    name: "CDKTF's own notes",
    stack: "dev-lake",
    address: "//",
    edit: (json) => {
      json["//"].metadata.version = "0.24.0";
    },
  },
  {
    name: "an output more",
    stack: "dev-lake",
    address: "output.data_bucket_arn",
    edit: (json) => {
      const expression = "$" + "{aws_s3_bucket.data.arn}";
      json.output.data_bucket_arn = { value: expression };
    },
  },
  {
    name: "a range instead of the expression that stands for it",
    stack: "dev-network",
    address: "aws_vpc_security_group_ingress_rule.private_from_vpc",
    edit: (json) => {
      const rule = at(json, "aws_vpc_security_group_ingress_rule.private_from_vpc");
      rule.cidr_ipv4 = at(json, "aws_vpc.vpc").cidr_block;
    },
  },
  {
    name: "defaults that are written out",
    stack: "dev-metadata",
    address: "aws_db_instance.store",
    edit: (json) => Object.assign(at(json, "aws_db_instance.store"), { apply_immediately: false }),
  },
  {
    name: "a bucket's block of public access at another address",
    stack: "dev-lake",
    address: "aws_s3_bucket_public_access_block.lake",
    edit: (json) =>
      rename(json, "aws_s3_bucket_public_access_block.data", "aws_s3_bucket_public_access_block.lake"),
  },
  {
    name: "a new bucket with all its guards",
    stack: "prod-lake",
    address: "aws_s3_bucket.exports",
    edit: (json) => {
      for (const [type, named] of Object.entries<Record<string, object>>(json.resource)) {
        if (!type.startsWith("aws_s3_bucket")) continue;
        const text = JSON.stringify(named.data ?? null).replaceAll(
          "aws_s3_bucket.data.",
          "aws_s3_bucket.exports.",
        );
        if (named.data !== undefined) named.exports = JSON.parse(text);
      }
    },
  },
];
