/**
 * The regions AWS has opened, by partition.
 * Source: AWS General Reference, "AWS Regions" and "Amazon Resource Names (ARNs)" for the partitions.
 */
export const regionsByPartition = {
  aws: [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
  ],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-eusc": ["eusc-de-east-1"],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
} as const;

export type Partition = keyof typeof regionsByPartition;

const partitions = Object.keys(regionsByPartition) as Partition[];

/** Every known region, sorted. */
export const regions: readonly string[] = partitions
  .flatMap((partition): readonly string[] => regionsByPartition[partition])
  .sort();

/** The partition whose ARNs (`arn:<partition>:…`) a region uses; a region nobody has heard of counts as `aws`. */
export function partitionOf(region: string): Partition {
  const holds = (partition: Partition) => regionsByPartition[partition].some((known) => known === region);
  return partitions.find(holds) ?? "aws";
}
