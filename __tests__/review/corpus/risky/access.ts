import { at, drop, editJson, statement } from "../../synthesized";
import type { Case } from "../case";

/** Changes that let somebody do or reach more. */
export const access: readonly Case[] = [
  {
    name: "a job may delete objects",
    stack: "dev-processing",
    address: "aws_iam_role_policy.emr_instance_jobs",
    edit: (json) =>
      editJson(json, "aws_iam_role_policy.emr_instance_jobs", "policy", (policy) => {
        statement(policy, "ReadInputAndCode").Action = ["s3:GetObject", "s3:DeleteObject*"];
      }),
  },
  {
    name: "a statement reaches every bucket",
    stack: "prod-people",
    address: "aws_iam_policy.people_operator_work",
    edit: (json) =>
      editJson(json, "aws_iam_policy.people_operator_work", "policy", (policy) => {
        statement(policy, "ReadObjects").Resource = "arn:aws:s3:::*";
      }),
  },
  {
    name: "a service may assume a role for anybody's account",
    stack: "dev-metadata",
    address: "aws_iam_role.monitoring",
    edit: (json) =>
      editJson(json, "aws_iam_role.monitoring", "assume_role_policy", (policy) => {
        delete statement(policy, "AssumedByService").Condition.StringEquals;
      }),
  },
  {
    name: "a trust takes in another account",
    stack: "dev-processing",
    address: "aws_iam_role.emr_service",
    edit: (json) =>
      editJson(json, "aws_iam_role.emr_service", "assume_role_policy", (policy) => {
        statement(policy, "AssumedByService").Principal.AWS = "999999999999";
      }),
  },
  {
    name: "a workflow of any branch may apply",
    stack: "bootstrap-111111111111",
    address: "aws_iam_role.ci_apply_dev",
    edit: (json) =>
      editJson(json, "aws_iam_role.ci_apply_dev", "assume_role_policy", (policy) => {
        const text = JSON.stringify(policy.Statement[0].Condition);
        policy.Statement[0].Condition = JSON.parse(text.replaceAll(/:environment:dev"/g, ':*"'));
      }),
  },
  {
    name: "an endpoint lets other accounts' buckets through",
    stack: "dev-network",
    address: "aws_vpc_endpoint.endpoints_secretsmanager",
    edit: (json) =>
      editJson(json, "aws_vpc_endpoint.endpoints_secretsmanager", "policy", (policy) => {
        delete statement(policy, "AccountToItself").Condition.StringEqualsIfExists;
      }),
  },
  {
    name: "an endpoint loses its policy",
    stack: "prod-network",
    address: "aws_vpc_endpoint.endpoints_sqs",
    edit: (json) => {
      delete at(json, "aws_vpc_endpoint.endpoints_sqs").policy;
    },
  },
  {
    name: "a bucket no longer refuses other keys",
    stack: "prod-lake",
    address: "aws_s3_bucket_policy.data",
    edit: (json) =>
      editJson(json, "aws_s3_bucket_policy.data", "policy", (policy) => {
        policy.Statement = policy.Statement.filter((one: { Sid: string }) => one.Sid !== "DenyOtherKeys");
      }),
  },
  {
    name: "a security group opens a wider range of ports",
    stack: "dev-network",
    address: "aws_vpc_security_group_ingress_rule.metadata_from_vpn",
    edit: (json) => {
      at(json, "aws_vpc_security_group_ingress_rule.metadata_from_vpn").from_port = 5000;
    },
  },
  {
    name: "a network ACL lets the database's subnets be reached from everywhere inside",
    stack: "prod-network",
    address: "aws_network_acl.acls_database",
    edit: (json) => {
      const [rule] = at(json, "aws_network_acl.acls_database").ingress;
      Object.assign(rule, { protocol: "-1", from_port: 0, to_port: 0 });
    },
  },
  {
    name: "the VPN leads anywhere",
    stack: "prod-access",
    address: "aws_ec2_client_vpn_authorization_rule.vpn_allow_vpc",
    edit: (json) => {
      at(json, "aws_ec2_client_vpn_authorization_rule.vpn_allow_vpc").target_network_cidr = "0.0.0.0/0";
    },
  },
  {
    name: "a role gets AWS's policy of everything",
    stack: "dev-processing",
    address: "aws_iam_role_policy_attachment.admin",
    edit: (json) => {
      json.resource.aws_iam_role_policy_attachment.admin = {
        policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
        role: at(json, "aws_iam_role_policy_attachment.emr_service_managed").role,
      };
    },
  },
  {
    name: "all but some actions instead of some",
    stack: "dev-orchestration",
    address: "aws_iam_role_policy.airflow_execution_clusters",
    edit: (json) =>
      editJson(json, "aws_iam_role_policy.airflow_execution_clusters", "policy", (policy) => {
        const own = statement(policy, "RunOwnClusters");
        delete own.Action;
        own.NotAction = "iam:*";
      }),
  },
  {
    name: "a subnet leaves its network ACL",
    stack: "dev-network",
    address: "aws_network_acl.acls_database",
    edit: (json) => drop(json, "aws_network_acl.acls_database"),
  },
  {
    name: "a condition takes any value",
    stack: "dev-orchestration",
    address: "aws_iam_role_policy.airflow_execution_clusters",
    edit: (json) =>
      editJson(json, "aws_iam_role_policy.airflow_execution_clusters", "policy", (policy) => {
        const own = statement(policy, "RunOwnClusters");
        own.Condition = { StringLike: { "elasticmapreduce:ResourceTag/environment": "*" } };
      }),
  },
  {
    name: "a refusal with one condition more refuses less",
    stack: "prod-lake",
    address: "aws_s3_bucket_policy.data",
    edit: (json) =>
      editJson(json, "aws_s3_bucket_policy.data", "policy", (policy) => {
        statement(policy, "DenyOtherEncryption").Condition.StringEquals = { "aws:PrincipalAccount": "1" };
      }),
  },
  {
    name: "a key may be used by everybody",
    stack: "prod-lake",
    address: "aws_kms_key.lake",
    edit: (json) =>
      editJson(json, "aws_kms_key.lake", "policy", (policy) => {
        statement(policy, "DelegatedToIam").Principal = "*";
      }),
  },
  {
    name: "a policy of one role is another's",
    stack: "dev-processing",
    address: "aws_iam_role_policy.emr_service_clusters",
    edit: (json) => {
      const policies = json.resource.aws_iam_role_policy;
      policies.emr_service_clusters.role = policies.emr_instance_jobs.role;
    },
  },
  {
    name: "the database is in one more security group",
    stack: "dev-metadata",
    address: "aws_db_instance.store",
    edit: (json) => at(json, "aws_db_instance.store").vpc_security_group_ids.push("sg-1"),
  },
  {
    name: "the default security group gets a rule",
    stack: "dev-network",
    address: "aws_default_security_group.vpc",
    edit: (json) => {
      at(json, "aws_default_security_group.vpc").ingress = [
        { protocol: "tcp", from_port: 22, to_port: 22, cidr_blocks: ["10.0.0.0/8"] },
      ];
    },
  },
  {
    name: "clusters run as another role",
    stack: "dev-processing",
    address: "aws_secretsmanager_secret_version.facts",
    edit: (json) =>
      editJson(json, "aws_secretsmanager_secret_version.facts", "secret_string", (facts) => {
        facts.instance_profile = "EMR_EC2_DefaultRole";
      }),
  },
];
