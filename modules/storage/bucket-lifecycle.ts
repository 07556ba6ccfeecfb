import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";

/** What happens to the objects under one prefix as they grow older; all ages in days. */
export interface LifecycleRule {
  readonly id: string;
  /** @default all objects */
  readonly prefix?: string;
  /** @default never */
  readonly infrequentAccessAfter?: number;
  /** @default never */
  readonly archiveAfter?: number;
  /** @default never */
  readonly expireAfter?: number;
  /** Since a version was overwritten or deleted. @default never */
  readonly noncurrentExpireAfter?: number;
}

/** Days after which the parts of an upload that never completed are dropped. */
const abortUploadsAfter = 7;

/**
 * The rules in the provider's words. The archive is Glacier Instant Retrieval, the coldest class that Spark still
 * reads without a restore; a deleted object's marker goes once its versions are gone.
 * Source: Amazon S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle" and "Lifecycle configuration elements".
 */
export function lifecycleRules(rules: readonly LifecycleRule[]): S3BucketLifecycleConfigurationRule[] {
  return [...rules.map(rendered), everyBucketsRule];
}

const everyBucketsRule: S3BucketLifecycleConfigurationRule = {
  id: "abort-incomplete-uploads",
  status: "Enabled",
  filter: [{ prefix: "" }],
  abortIncompleteMultipartUpload: [{ daysAfterInitiation: abortUploadsAfter }],
};

function rendered(rule: LifecycleRule): S3BucketLifecycleConfigurationRule {
  const { noncurrentExpireAfter: noncurrentDays } = rule;
  const transition = [
    ...whenSet(rule.infrequentAccessAfter, (days) => ({ days, storageClass: "STANDARD_IA" })),
    ...whenSet(rule.archiveAfter, (days) => ({ days, storageClass: "GLACIER_IR" })),
  ];
  return {
    id: rule.id,
    status: "Enabled",
    filter: [{ prefix: rule.prefix ?? "" }],
    ...(transition.length > 0 ? { transition } : {}),
    ...expirationOf(rule),
    ...(noncurrentDays === undefined ? {} : { noncurrentVersionExpiration: [{ noncurrentDays }] }),
  };
}

function whenSet<Result>(days: number | undefined, make: (days: number) => Result): Result[] {
  return days === undefined ? [] : [make(days)];
}

/** An expiry in days clears markers by itself; S3 refuses to be told both. */
function expirationOf(rule: LifecycleRule): Pick<S3BucketLifecycleConfigurationRule, "expiration"> {
  if (rule.expireAfter !== undefined) return { expiration: [{ days: rule.expireAfter }] };
  if (rule.noncurrentExpireAfter !== undefined) return { expiration: [{ expiredObjectDeleteMarker: true }] };
  return {};
}
