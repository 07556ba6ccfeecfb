import { at, drop, editJson } from "../../synthesized";
import type { Case } from "../case";

/** Changes that make something public, unencrypted or unseen. */
export const exposure: readonly Case[] = [
  {
    name: "a bucket's public access is not blocked",
    stack: "prod-lake",
    address: "aws_s3_bucket_public_access_block.data",
    edit: (json) => {
      at(json, "aws_s3_bucket_public_access_block.data").block_public_policy = false;
    },
  },
  {
    name: "a bucket's block of public access goes",
    stack: "dev-lake",
    address: "aws_s3_bucket_public_access_block.logs",
    edit: (json) => drop(json, "aws_s3_bucket_public_access_block.logs"),
  },
  {
    name: "the database gets a public address",
    stack: "prod-metadata",
    address: "aws_db_instance.store",
    edit: (json) => {
      at(json, "aws_db_instance.store").publicly_accessible = true;
    },
  },
  {
    name: "the database takes connections without TLS",
    stack: "prod-metadata",
    address: "aws_db_parameter_group.store",
    edit: (json) => {
      const group = at(json, "aws_db_parameter_group.store");
      group.parameter = group.parameter.filter((one: { name: string }) => one.name !== "rds.force_ssl");
    },
  },
  {
    name: "the internet may knock at a security group",
    stack: "dev-network",
    address: "aws_vpc_security_group_ingress_rule.private_from_vpc",
    edit: (json) => {
      at(json, "aws_vpc_security_group_ingress_rule.private_from_vpc").cidr_ipv4 = "0.0.0.0/0";
    },
  },
  {
    name: "the internet may knock by the other version of its protocol",
    stack: "dev-network",
    address: "aws_vpc_security_group_ingress_rule.airflow_https_from_anywhere",
    edit: (json) => {
      json.resource.aws_vpc_security_group_ingress_rule.airflow_https_from_anywhere = {
        cidr_ipv6: "::/0",
        from_port: 443,
        ip_protocol: "tcp",
        security_group_id: at(json, "aws_vpc_security_group_ingress_rule.airflow_from_itself")
          .security_group_id,
        to_port: 443,
      };
    },
  },
  {
    name: "Airflow's web server answers the internet",
    stack: "prod-orchestration",
    address: "aws_mwaa_environment.airflow",
    edit: (json) => {
      at(json, "aws_mwaa_environment.airflow").webserver_access_mode = "PUBLIC_ONLY";
    },
  },
  {
    name: "a private subnet's way out is the internet gateway",
    stack: "dev-network",
    address: "aws_route.nat_gateways_private_a",
    edit: (json) => {
      const route = at(json, "aws_route.nat_gateways_private_a");
      delete route.nat_gateway_id;
      route.gateway_id = at(json, "aws_route.subnets_public_internet").gateway_id;
    },
  },
  {
    name: "clusters do not encrypt their disks",
    stack: "dev-processing",
    address: "aws_emr_security_configuration.emr",
    edit: (json) =>
      editJson(json, "aws_emr_security_configuration.emr", "configuration", (value) => {
        value.EncryptionConfiguration.EnableAtRestEncryption = false;
      }),
  },
  {
    name: "a queue drops its key",
    stack: "dev-events",
    address: "aws_sqs_queue.arrivals",
    edit: (json) => {
      delete at(json, "aws_sqs_queue.arrivals").kms_master_key_id;
    },
  },
  {
    name: "a bucket takes plain HTTP",
    stack: "dev-lake",
    address: "aws_s3_bucket_policy.logs",
    edit: (json) =>
      editJson(json, "aws_s3_bucket_policy.logs", "policy", (policy) => {
        policy.Statement[0].Condition = { Bool: { "aws:PrincipalIsAWSService": "false" } };
      }),
  },
  {
    name: "the trail is off",
    stack: "bootstrap-111111111111",
    address: "aws_cloudtrail.trail",
    edit: (json) => {
      at(json, "aws_cloudtrail.trail").enable_logging = false;
    },
  },
  {
    name: "flow logs go",
    stack: "prod-network",
    address: "aws_flow_log.flow_logs",
    edit: (json) => drop(json, "aws_flow_log.flow_logs"),
  },
  {
    name: "connections of the VPN are not logged",
    stack: "prod-access",
    address: "aws_ec2_client_vpn_endpoint.vpn",
    edit: (json) => {
      at(json, "aws_ec2_client_vpn_endpoint.vpn").connection_log_options = { enabled: false };
    },
  },
  {
    name: "a bucket's policy goes, and with it TLS",
    stack: "prod-lake",
    address: "aws_s3_bucket_policy.data",
    edit: (json) => drop(json, "aws_s3_bucket_policy.data"),
  },
  {
    name: "a bucket is encrypted by S3's key",
    stack: "prod-lake",
    address: "aws_s3_bucket_server_side_encryption_configuration.data",
    edit: (json) => {
      const block = at(json, "aws_s3_bucket_server_side_encryption_configuration.data");
      block.rule = [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }];
    },
  },
  {
    name: "clusters are launched without their security configuration",
    stack: "dev-processing",
    address: "aws_secretsmanager_secret_version.facts",
    edit: (json) =>
      editJson(json, "aws_secretsmanager_secret_version.facts", "secret_string", (facts) => {
        delete facts.security_configuration;
      }),
  },
  {
    name: "the trail records no data events",
    stack: "bootstrap-111111111111",
    address: "aws_cloudtrail.trail",
    edit: (json) => {
      const trail = at(json, "aws_cloudtrail.trail");
      trail.advanced_event_selector = trail.advanced_event_selector.slice(0, 1);
    },
  },
];
