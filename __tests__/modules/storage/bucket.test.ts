import { EncryptionKey } from "../../../modules/kms/encryption-key";
import { Bucket, type BucketProps } from "../../../modules/storage/bucket";
import { type LifecycleRule, lifecycleRules } from "../../../modules/storage/bucket-lifecycle";
import { only, ref, resources, synthesizeModule } from "../../stacks/synthesis";

function bucket(props: Partial<BucketProps> = {}) {
  return synthesizeModule((stack) => {
    new Bucket(stack, "data", { name: "x-data", rules: [], ...props }).attachPolicy();
  });
}

const keyed = synthesizeModule((stack) => {
  const { key } = new EncryptionKey(stack, "lake", { alias: "x-data", description: "data", policy: "{}" });
  const accessLogs = new Bucket(stack, "access_logs", { name: "x-access-logs", rules: [] });
  const data = new Bucket(stack, "data", {
    name: "x-data",
    rules: [],
    key,
    refuseOtherKeys: true,
    accessLogs,
  });
  data.attachPolicy();
  new Bucket(stack, "logs", { name: "x-logs", rules: [], key }).attachPolicy();
});

const sidsOf = (policy: string) => JSON.parse(policy).Statement.map(({ Sid }: { Sid: string }) => Sid);

test("a bucket is protected, and keeps its data unless told otherwise", () => {
  expect(only(bucket(), "aws_s3_bucket")).toEqual({
    bucket: "x-data",
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(only(bucket({ forceDestroy: true }), "aws_s3_bucket").force_destroy).toBe(true);
});

test("it is versioned, private and without ACLs", () => {
  const json = bucket();
  const id = ref("aws_s3_bucket.data.id");
  expect(only(json, "aws_s3_bucket_versioning")).toEqual({
    bucket: id,
    versioning_configuration: { status: "Enabled" },
  });
  expect(only(json, "aws_s3_bucket_public_access_block")).toEqual({
    bucket: id,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(only(json, "aws_s3_bucket_ownership_controls").rule).toEqual({
    object_ownership: "BucketOwnerEnforced",
  });
});

test("it is encrypted with S3's key, or with ours and a bucket key", () => {
  const type = "aws_s3_bucket_server_side_encryption_configuration";
  expect(only(bucket(), type).rule).toEqual([
    {
      apply_server_side_encryption_by_default: { sse_algorithm: "AES256" },
      blocked_encryption_types: ["SSE-C"],
    },
  ]);
  expect(resources(keyed, type, 3).data.rule).toEqual([
    {
      apply_server_side_encryption_by_default: {
        sse_algorithm: "aws:kms",
        kms_master_key_id: ref("aws_kms_key.lake.arn"),
      },
      bucket_key_enabled: true,
      blocked_encryption_types: ["SSE-C"],
    },
  ]);
});

test("its policy refuses plain HTTP, and other keys where asked to", () => {
  expect(sidsOf(only(bucket(), "aws_s3_bucket_policy").policy)).toEqual(["DenyPlainHttp"]);
  const policies = resources(keyed, "aws_s3_bucket_policy", 2);
  expect(sidsOf(policies.data.policy)).toEqual(["DenyPlainHttp", "DenyOtherEncryption", "DenyOtherKeys"]);
  expect(sidsOf(policies.logs.policy)).toEqual(["DenyPlainHttp"]);
  expect(policies.data.depends_on).toEqual(["aws_s3_bucket_public_access_block.data"]);
});

test("access to it is logged under its name", () => {
  expect(only(keyed, "aws_s3_bucket_logging")).toEqual({
    bucket: ref("aws_s3_bucket.data.id"),
    target_bucket: ref("aws_s3_bucket.access_logs.id"),
    target_prefix: "x-data/",
  });
});

test("its rules wait for the versions they speak of", () => {
  expect(only(bucket(), "aws_s3_bucket_lifecycle_configuration").depends_on).toEqual([
    "aws_s3_bucket_versioning.data",
  ]);
});

describe("life cycle", () => {
  const rules = (...given: LifecycleRule[]) => lifecycleRules(given);
  const abort = {
    id: "abort-incomplete-uploads",
    status: "Enabled",
    filter: [{ prefix: "" }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
  };

  test("always drops incomplete uploads", () => {
    expect(rules()).toEqual([abort]);
  });

  test("moves to colder classes that can still be read at once", () => {
    expect(rules({ id: "raw", prefix: "raw/", infrequentAccessAfter: 30, archiveAfter: 90 })).toEqual([
      {
        id: "raw",
        status: "Enabled",
        filter: [{ prefix: "raw/" }],
        transition: [
          { days: 30, storageClass: "STANDARD_IA" },
          { days: 90, storageClass: "GLACIER_IR" },
        ],
      },
      abort,
    ]);
  });

  test("clears versions together with the markers they leave", () => {
    expect(rules({ id: "old", noncurrentExpireAfter: 30 })[0]).toEqual({
      id: "old",
      status: "Enabled",
      filter: [{ prefix: "" }],
      noncurrentVersionExpiration: [{ noncurrentDays: 30 }],
      expiration: [{ expiredObjectDeleteMarker: true }],
    });
  });

  test("never names days and markers in one expiry, which S3 refuses", () => {
    expect(rules({ id: "both", expireAfter: 7, noncurrentExpireAfter: 30 })[0]).toEqual({
      id: "both",
      status: "Enabled",
      filter: [{ prefix: "" }],
      noncurrentVersionExpiration: [{ noncurrentDays: 30 }],
      expiration: [{ days: 7 }],
    });
  });
});

test("a key rotates, is protected, and waits 30 days before it is gone", () => {
  expect(only(keyed, "aws_kms_key")).toEqual({
    enable_key_rotation: true,
    deletion_window_in_days: 30,
    policy: "{}",
    description: "data",
    lifecycle: { prevent_destroy: true },
  });
  expect(only(keyed, "aws_kms_alias")).toEqual({
    name: "alias/x-data",
    target_key_id: ref("aws_kms_key.lake.key_id"),
  });
});
