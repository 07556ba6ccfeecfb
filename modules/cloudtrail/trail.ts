import {
  Cloudtrail,
  type CloudtrailAdvancedEventSelector,
  type CloudtrailAdvancedEventSelectorFieldSelector,
} from "@cdktf/provider-aws/lib/cloudtrail";
import { Construct } from "constructs";
import { bucketArnOf, type Place } from "../../policies/arn";
import { allowTrail, trailKeyPolicy } from "../../policies/cloudtrail";
import { EncryptionKey } from "../kms/encryption-key";
import { Bucket } from "../storage/bucket";

export interface TrailProps {
  readonly name: string;
  readonly bucketName: string;
  /** Name of its key, without `alias/`. */
  readonly keyAlias: string;
  readonly place: Place;
  /** Days the records are kept. */
  readonly expireAfter: number;
  /** Names of the buckets of which every read and write is recorded. */
  readonly watchedBuckets: readonly string[];
  /** Names of the buckets of which writes alone are recorded. */
  readonly writtenBuckets: readonly string[];
  /** Whether changes and reads of the account's configuration are recorded. */
  readonly managementEvents: boolean;
}

/** Days an overwritten or deleted record is kept, longer than it takes to notice. */
const deletedRecordsKept = 90;

/**
 * The account's trail: every region, every change, and what is done to the objects of some buckets; each file signed,
 * under a key of its own, in a bucket of its own.
 * Source: AWS CloudTrail User Guide, "Security best practices in AWS CloudTrail" and "Logging data events".
 */
export class Trail extends Construct {
  readonly key: EncryptionKey;
  readonly bucket: Bucket;
  readonly trail: Cloudtrail;

  constructor(scope: Construct, id: string, props: TrailProps) {
    super(scope, id);
    this.key = new EncryptionKey(this, "key", {
      alias: props.keyAlias,
      description: "Records of the account's trail",
      policy: trailKeyPolicy(props.place, props.name),
    });
    this.bucket = new Bucket(this, "records", {
      name: props.bucketName,
      key: this.key.key,
      rules: [
        { id: "records", expireAfter: props.expireAfter },
        { id: "noncurrent-versions", noncurrentExpireAfter: deletedRecordsKept },
      ],
    });
    const policy = this.bucket.attachPolicy(...allowTrail(this.bucket.bucket, props.place, props.name));
    this.trail = new Cloudtrail(this, "cloudtrail", {
      name: props.name,
      s3BucketName: this.bucket.id,
      kmsKeyId: this.key.key.arn,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      advancedEventSelector: selectors(props),
      dependsOn: [policy],
    });
  }
}

const managementEvents: CloudtrailAdvancedEventSelector = {
  name: "Changes and reads of the account's configuration",
  fieldSelector: [{ field: "eventCategory", equalTo: ["Management"] }],
};

/** Source: AWS CloudTrail API Reference, "AdvancedFieldSelector": `readOnly` tells writes from reads. */
function selectors(props: TrailProps): CloudtrailAdvancedEventSelector[] {
  const { place, watchedBuckets, writtenBuckets } = props;
  return [
    ...(props.managementEvents ? [managementEvents] : []),
    objectEvents("Reads and writes of objects", place, watchedBuckets),
    ...(writtenBuckets.length > 0
      ? [objectEvents("Writes of objects", place, writtenBuckets, { field: "readOnly", equalTo: ["false"] })]
      : []),
  ];
}

function objectEvents(
  name: string,
  place: Place,
  buckets: readonly string[],
  ...more: readonly CloudtrailAdvancedEventSelectorFieldSelector[]
): CloudtrailAdvancedEventSelector {
  return {
    name,
    fieldSelector: [
      { field: "eventCategory", equalTo: ["Data"] },
      { field: "resources.type", equalTo: ["AWS::S3::Object"] },
      { field: "resources.ARN", startsWith: buckets.map((bucket) => bucketArnOf(place, `${bucket}/`)) },
      ...more,
    ],
  };
}
