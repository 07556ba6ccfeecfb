import { arnOf, type Place } from "./arn";
import { delegatedToIam } from "./kms";
import { servicePrincipal } from "./partition";
import type { BucketArn } from "./s3";
import { policyDocument, type Statement } from "./statement";

const trailPrincipal = (place: Place) => ({ Service: servicePrincipal("cloudtrail", place.region) });

/** ARN of a trail that does not exist yet: bucket and key have to admit it first. */
export function trailArn(place: Place, name: string): string {
  return arnOf(place, "cloudtrail", `trail/${name}`);
}

/**
 * Policy of the key that a trail encrypts its records with.
 * Source: AWS CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail".
 */
export function trailKeyPolicy(place: Place, name: string): string {
  const onlyTrail = { "aws:SourceArn": trailArn(place, name) };
  return policyDocument(
    delegatedToIam(place),
    {
      Sid: "EncryptedByTrail",
      Effect: "Allow",
      Principal: trailPrincipal(place),
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: {
        StringEquals: { ...onlyTrail, "kms:EncryptionContext:aws:cloudtrail:arn": trailArn(place, name) },
      },
    },
    {
      Sid: "DescribedByTrail",
      Effect: "Allow",
      Principal: trailPrincipal(place),
      Action: "kms:DescribeKey",
      Resource: "*",
      Condition: { StringEquals: onlyTrail },
    },
  );
}

/**
 * Lets one trail deliver into its bucket.
 * Source: AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail".
 */
export function allowTrail(bucket: BucketArn, place: Place, name: string): Statement[] {
  const onlyTrail = { "aws:SourceArn": trailArn(place, name) };
  return [
    {
      Sid: "AllowTrailToCheck",
      Effect: "Allow",
      Principal: trailPrincipal(place),
      Action: "s3:GetBucketAcl",
      Resource: bucket.arn,
      Condition: { StringEquals: onlyTrail },
    },
    {
      Sid: "AllowTrailToDeliver",
      Effect: "Allow",
      Principal: trailPrincipal(place),
      Action: "s3:PutObject",
      Resource: `${bucket.arn}/AWSLogs/${place.accountId}/*`,
      Condition: { StringEquals: { ...onlyTrail, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}
