import type { Block } from "../../../stacks/synthesis";
import type { Case } from "../case";
import { editing, inJson, ofStack, type Place, setting } from "../edits";

const expression = (text: string): string => `\${${text}}`;
const lake = (type: string, label = "data"): Place => ["prod-lake", `${type}.${label}`];
const types = [
  "public_access_block",
  "policy",
  "versioning",
  "lifecycle_configuration",
  "logging",
  "ownership_controls",
  "server_side_encryption_configuration",
];

/** Other expressions for the same resource, and settings that move nowhere. */
export const attachments: readonly Case[] = [
  ...types.flatMap((type) => [
    setting(`${type} names the same bucket by its bucket`, lake(`aws_s3_bucket_${type}`), {
      bucket: expression("aws_s3_bucket.data.bucket"),
    }),
    setting(`${type} names the same bucket literally`, lake(`aws_s3_bucket_${type}`), {
      bucket: "big-data-prod-data-222222222222",
    }),
  ]),
  setting("an alias names the same key by its ARN", lake("aws_kms_alias", "lake"), {
    target_key_id: expression("aws_kms_key.lake.arn"),
  }),
  editing(
    "a lifecycle rule has another id",
    lake("aws_s3_bucket_lifecycle_configuration"),
    (block: Block) => {
      for (const rule of block.rule) rule.id = `${rule.id}-rule`;
    },
  ),
  setting("true is written as a text", ["prod-metadata", "aws_db_instance.store"], { multi_az: "true" }),
  inJson(
    "a batch waits a minute longer",
    ["dev-events", "aws_secretsmanager_secret_version.facts"],
    "secret_string",
    (value) => {
      value.quiet_minutes += 1;
    },
  ),
];

/** Newer versions of what is pinned, and another spelling of the same one. */
export const newer: readonly Case[] = [
  ofStack("a provider's exact version with a sign", ["prod-lake", "terraform.required_providers"], (json) => {
    json.terraform.required_providers.aws.version = "= 6.25.0";
  }),
  ofStack("a newer Terraform is required", ["prod-lake", "terraform.required_version"], (json) => {
    json.terraform.required_version = ">= 1.12.0";
  }),
  inJson(
    "clusters run a newer release",
    ["prod-processing", "aws_secretsmanager_secret_version.facts"],
    "secret_string",
    (value) => {
      value.release_label = "emr-7.10.0";
    },
  ),
];
