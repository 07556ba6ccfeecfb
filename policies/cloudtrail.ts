import { arnOf, type Place } from "./arn";
import { admit, deliveryOf } from "./deliveries";
import { delegatedToIam } from "./kms";
import type { BucketArn } from "./s3";
import { policyDocument, type Statement } from "./statement";

const delivery = deliveryOf("cloudtrail", "s3");

/** ARN of a trail that does not exist yet: bucket and key have to admit it first. */
export function trailArn(place: Place, name: string): string {
  return arnOf(place, "cloudtrail", `trail/${name}`);
}

/** Policy of the key that a trail encrypts its records with. */
export function trailKeyPolicy(place: Place, name: string): string {
  const onlyTrail = { "aws:SourceArn": trailArn(place, name) };
  const context = { "kms:EncryptionContext:aws:cloudtrail:arn": trailArn(place, name) };
  return policyDocument(
    delegatedToIam(place),
    admit(delivery, "key", place, {
      sid: "EncryptedByTrail",
      actions: ["kms:GenerateDataKey*"],
      condition: { StringEquals: { ...onlyTrail, ...context } },
    }),
    admit(delivery, "key", place, {
      sid: "DescribedByTrail",
      actions: ["kms:DescribeKey"],
      condition: { StringEquals: onlyTrail },
    }),
  );
}

/** Lets one trail deliver into its bucket. */
export function allowTrail(bucket: BucketArn, place: Place, name: string): Statement[] {
  const onlyTrail = { "aws:SourceArn": trailArn(place, name) };
  return [
    admit(delivery, "policy", place, {
      sid: "AllowTrailToCheck",
      actions: ["s3:GetBucketAcl"],
      resource: bucket.arn,
      condition: { StringEquals: onlyTrail },
    }),
    admit(delivery, "policy", place, {
      sid: "AllowTrailToDeliver",
      actions: ["s3:PutObject"],
      resource: `${bucket.arn}/AWSLogs/${place.accountId}/*`,
      condition: { StringEquals: { ...onlyTrail, "s3:x-amz-acl": "bucket-owner-full-control" } },
    }),
  ];
}
