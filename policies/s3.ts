import type { Place } from "./arn";
import { admit, deliveryOf } from "./deliveries";
import { policyDocument, type Statement } from "./statement";

/** What a policy reads of a bucket; `S3Bucket` of the provider fits. */
export interface BucketArn {
  readonly arn: string;
}

/** Source: Amazon S3 User Guide, "Security best practices for Amazon S3", enforce encryption of data in transit. */
export function denyPlainHttp(bucket: BucketArn): Statement {
  return {
    Sid: "DenyPlainHttp",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucket.arn, `${bucket.arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/**
 * Refuses an upload that asks for another key, and lets one pass that asks for none: it gets the bucket's own.
 * Source: Amazon S3 User Guide, "Protecting data with server-side encryption", AWS KMS condition keys.
 */
export function denyOtherKeys(bucket: BucketArn, keyArn: string): Statement {
  const header = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  return {
    Sid: "DenyOtherKeys",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucket.arn}/*`,
    Condition: { Null: { [header]: "false" }, StringNotEquals: { [header]: keyArn } },
  };
}

/** Refuses an upload that asks for encryption other than by KMS, and lets one pass that asks for none. */
export function denyOtherEncryption(bucket: BucketArn): Statement {
  const header = "s3:x-amz-server-side-encryption";
  return {
    Sid: "DenyOtherEncryption",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucket.arn}/*`,
    Condition: { Null: { [header]: "false" }, StringNotEquals: { [header]: "aws:kms" } },
  };
}

/** Lets S3 write the access logs of the account's buckets into this one. */
export function allowLogDelivery(bucket: BucketArn, place: Place, sources: readonly BucketArn[]): Statement {
  return admit(deliveryOf("logging.s3", "s3"), "policy", place, {
    sid: "AllowLogDelivery",
    resource: `${bucket.arn}/*`,
    condition: {
      StringEquals: { "aws:SourceAccount": place.accountId },
      ArnLike: { "aws:SourceArn": sources.map((source) => source.arn) },
    },
  });
}

/** The statements of a bucket as one document. */
export const bucketPolicy = policyDocument;
