import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { bucketPolicy, denyOtherEncryption, denyOtherKeys, denyPlainHttp } from "../../policies/s3";
import type { Statement } from "../../policies/statement";
import { type LifecycleRule, lifecycleRules } from "./bucket-lifecycle";

export interface BucketProps {
  readonly name: string;
  readonly rules: readonly LifecycleRule[];
  /**
   * Key of the objects.
   * @default S3's own (SSE-S3)
   */
  readonly key?: KmsKey;
  /**
   * Refuse uploads that ask for another key or cipher. Not for buckets that AWS services write to in their own way.
   * @default false
   */
  readonly refuseOtherKeys?: boolean;
  /**
   * Delete what is in the bucket along with it.
   * @default false
   */
  readonly forceDestroy?: boolean;
  /**
   * Where access to the bucket is logged, under `<name>/`.
   * @default access is not logged
   */
  readonly accessLogs?: Bucket;
}

/**
 * A bucket as every one of the platform is: versioned, encrypted, private, without ACLs, over TLS only, with a life
 * cycle, and protected from destruction.
 * Source: Amazon S3 User Guide, "Security best practices for Amazon S3".
 */
export class Bucket extends Construct {
  readonly bucket: S3Bucket;
  readonly versioning: S3BucketVersioningA;
  readonly publicAccessBlock: S3BucketPublicAccessBlock;
  private readonly props: BucketProps;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    this.props = props;
    this.bucket = new S3Bucket(this, "s3_bucket", {
      bucket: props.name,
      forceDestroy: props.forceDestroy ?? false,
      lifecycle: { preventDestroy: true },
    });
    const bucket = this.bucket.id;
    this.versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    this.publicAccessBlock = new S3BucketPublicAccessBlock(this, "public_access_block", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership_controls", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    this.encrypt();
    this.expire();
    this.logAccess();
  }

  get id(): string {
    return this.bucket.id;
  }

  get arn(): string {
    return this.bucket.arn;
  }

  get name(): string {
    return this.bucket.bucket;
  }

  /** Attaches the bucket's one policy: what every bucket denies, and `statements`. */
  attachPolicy(...statements: readonly Statement[]): S3BucketPolicy {
    const { key, refuseOtherKeys = false } = this.props;
    const wrongKeys =
      key && refuseOtherKeys ? [denyOtherEncryption(this.bucket), denyOtherKeys(this.bucket, key.arn)] : [];
    return new S3BucketPolicy(this, "policy", {
      bucket: this.bucket.id,
      policy: bucketPolicy(denyPlainHttp(this.bucket), ...wrongKeys, ...statements),
      // S3 refuses a policy and a public access block that change at the same time.
      dependsOn: [this.publicAccessBlock],
    });
  }

  /**
   * A bucket key makes one call to KMS stand for many objects. Uploads with a customer's own key (SSE-C) are blocked: such
   * an object is lost with its key. S3 sets the same on new buckets, so that leaving it out is a change in every plan.
   * Sources: Amazon S3 User Guide, "Reducing the cost of SSE-KMS" and "Blocking or unblocking SSE-C for a general purpose
   * bucket".
   */
  private encrypt(): void {
    const { key } = this.props;
    const byDefault = key
      ? {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true,
        }
      : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    new S3BucketServerSideEncryptionConfigurationA(this, "server_side_encryption_configuration", {
      bucket: this.bucket.id,
      rule: [{ ...byDefault, blockedEncryptionTypes: ["SSE-C"] }],
    });
  }

  private expire(): void {
    new S3BucketLifecycleConfiguration(this, "lifecycle_configuration", {
      bucket: this.bucket.id,
      rule: lifecycleRules(this.props.rules),
      // Rules for noncurrent versions need versioning first.
      dependsOn: [this.versioning],
    });
  }

  private logAccess(): void {
    const { accessLogs, name } = this.props;
    if (!accessLogs) return;
    new S3BucketLoggingA(this, "logging", {
      bucket: this.bucket.id,
      targetBucket: accessLogs.id,
      targetPrefix: `${name}/`,
    });
  }
}
