import type { Block } from "../../../stacks/synthesis";
import type { Case } from "../case";
import { adding, editing, inJson, ofStack, type Place, setting } from "../edits";

const expression = (text: string): string => `\${${text}}`;
const required: Place = ["prod-lake", "terraform.required_providers"];
const cpu: Place = ["prod-observability", "aws_cloudwatch_metric_alarm.database_cpu"];
const target: Place = ["prod-observability", "aws_cloudwatch_event_target.emr_failed_step"];

/** Versions that are older, or that nobody has pinned, and inputs of targets. */
export const olderAccess: readonly Case[] = [
  ...["6.24.0", "5.99.0", ">= 6.25.0", "~> 6.25", "> 6", "6.25.0, != 6.26.0", undefined].map((version) =>
    ofStack(`the provider's version is ${version}`, required, (json: Block) => {
      json.terraform.required_providers.aws.version = version;
    }),
  ),
  ...[">= 1.10.0", "> 1.11.0", "~> 1.11"].map((version) =>
    ofStack(
      `Terraform's version is ${version}`,
      ["prod-lake", "terraform.required_version"],
      (json: Block) => {
        json.terraform.required_version = version;
      },
    ),
  ),
  ofStack("any version of Terraform will do", ["prod-lake", "terraform.required_version"], (json: Block) => {
    delete json.terraform.required_version;
  }),
  setting("a target gets a fixed input", ["dev-events", "aws_cloudwatch_event_target.arrivals"], {
    input: '{"detail":{"bucket":"theirs"}}',
  }),
  setting("a target gets part of the event", ["dev-events", "aws_cloudwatch_event_target.arrivals"], {
    input_path: "$.detail",
  }),
  editing("a target gets another text", target, (block) => {
    block.input_transformer.input_template = '"all is well"';
  }),
];

/** Software that is no longer patched, units that no metric has, and ways out of the database's subnets. */
export const olderExposure: readonly Case[] = [
  setting("an alarm reads a unit that the metric does not have", cpu, { unit: "Bytes" }),
  setting("the database is not patched", ["prod-metadata", "aws_db_instance.store"], {
    auto_minor_version_upgrade: false,
  }),
  setting(
    "serverless jobs run an older release",
    ["dev-processing", "aws_emrserverless_application.emr_serverless"],
    { release_label: "emr-7.7.0" },
  ),
  inJson(
    "clusters run an older release",
    ["prod-processing", "aws_secretsmanager_secret_version.facts"],
    "secret_string",
    (value) => {
      value.release_label = "emr-6.15.0";
    },
  ),
  ...["nat_gateway_id", "egress_only_gateway_id"].map((attribute) =>
    adding(`the database's subnets get a way out by ${attribute}`, ["prod-network", "aws_route.database"], {
      route_table_id: expression("aws_route_table.subnets_database.id"),
      destination_cidr_block: "0.0.0.0/0",
      [attribute]: expression("aws_nat_gateway.nat_gateways_a.id"),
    }),
  ),
  adding("the database's subnets are public", ["prod-network", "aws_route.database"], {
    route_table_id: expression("aws_route_table.subnets_database.id"),
    destination_cidr_block: "0.0.0.0/0",
    gateway_id: expression("aws_internet_gateway.vpc.id"),
  }),
];

/** Addresses that are billed by the hour. */
export const addressCost: readonly Case[] = [
  adding("one more public address", ["prod-network", "aws_eip.more"], { domain: "vpc" }),
];
