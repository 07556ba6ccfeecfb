import { at, drop, rename, ruleOf } from "../../synthesized";
import type { Case } from "../case";

/** Changes that lose data, or make it easier to lose. */
export const data: readonly Case[] = [
  {
    name: "a bucket gets another name",
    stack: "prod-lake",
    address: "aws_s3_bucket.data",
    edit: (json) => {
      at(json, "aws_s3_bucket.data").bucket = "another-name";
    },
  },
  {
    name: "the database gets another key",
    stack: "prod-metadata",
    address: "aws_db_instance.store",
    edit: (json) => {
      at(json, "aws_db_instance.store").kms_key_id = "arn:aws:kms:eu-north-1:222222222222:key/other";
    },
  },
  {
    name: "a bucket's address changes without a moved block",
    stack: "dev-lake",
    address: "aws_s3_bucket.artifacts",
    edit: (json) => rename(json, "aws_s3_bucket.artifacts", "aws_s3_bucket.code"),
  },
  {
    name: "a key goes",
    stack: "dev-events",
    address: "aws_kms_key.events",
    edit: (json) => drop(json, "aws_kms_key.events"),
  },
  {
    name: "backups are kept for a shorter time",
    stack: "prod-metadata",
    address: "aws_db_instance.store",
    edit: (json) => {
      at(json, "aws_db_instance.store").backup_retention_period = 7;
    },
  },
  {
    name: "the database can be deleted",
    stack: "prod-metadata",
    address: "aws_db_instance.store",
    edit: (json) => {
      at(json, "aws_db_instance.store").deletion_protection = false;
    },
  },
  {
    name: "Terraform may destroy a bucket",
    stack: "prod-lake",
    address: "aws_s3_bucket.data",
    edit: (json) => {
      delete at(json, "aws_s3_bucket.data").lifecycle;
    },
  },
  {
    name: "a bucket's versioning is suspended",
    stack: "prod-lake",
    address: "aws_s3_bucket_versioning.data",
    edit: (json) => {
      const [configuration] = [at(json, "aws_s3_bucket_versioning.data").versioning_configuration].flat();
      configuration.status = "Suspended";
    },
  },
  {
    name: "raw data expires, which it never did",
    stack: "prod-lake",
    address: "aws_s3_bucket_lifecycle_configuration.data",
    edit: (json) => {
      const lifecycle = at(json, "aws_s3_bucket_lifecycle_configuration.data");
      ruleOf(lifecycle, "raw").expiration = [{ days: 365 }];
    },
  },
  {
    name: "old versions are deleted sooner, by a rule of another name",
    stack: "prod-lake",
    address: "aws_s3_bucket_lifecycle_configuration.data",
    edit: (json) => {
      const rule = ruleOf(at(json, "aws_s3_bucket_lifecycle_configuration.data"), "noncurrent-versions");
      rule.id = "old-versions";
      rule.noncurrent_version_expiration = [{ noncurrent_days: 1 }];
    },
  },
  {
    name: "old versions of one zone are deleted sooner than everywhere",
    stack: "prod-lake",
    address: "aws_s3_bucket_lifecycle_configuration.data",
    edit: (json) => {
      const raw = ruleOf(at(json, "aws_s3_bucket_lifecycle_configuration.data"), "raw");
      raw.noncurrent_version_expiration = [{ noncurrent_days: 1 }];
    },
  },
  {
    name: "a VPC gets another range, and takes its subnets with it",
    stack: "prod-network",
    address: "aws_subnet.subnets_private_a",
    edit: (json) => {
      at(json, "aws_vpc.vpc").cidr_block = "10.101.0.0/16";
    },
  },
  {
    name: "logs are kept for a week",
    stack: "dev-network",
    address: "aws_cloudwatch_log_group.flow_logs",
    edit: (json) => {
      at(json, "aws_cloudwatch_log_group.flow_logs").retention_in_days = 7;
    },
  },
  {
    name: "Terraform looks for its state elsewhere",
    stack: "prod-lake",
    address: "terraform.backend",
    edit: (json) => {
      json.terraform.backend.s3.key = "big-data/prod/data.tfstate";
    },
  },
  {
    name: "a stack is in another region",
    stack: "prod-lake",
    address: "provider.aws",
    edit: (json) => {
      json.provider.aws[0].region = "eu-west-1";
    },
  },
];
