import { arnOf, bucketArnOf, type Place } from "./arn";
import type { Statement } from "./statement";

/** Something of AWS's own that the platform's services use through an endpoint of the VPC. */
export interface AwsOwned {
  readonly sid: string;
  /** The service's prefix in IAM, hence the endpoints that let it through. */
  readonly service: "ecr" | "s3" | "sqs";
  readonly actions: readonly string[];
  readonly resources: (place: Place) => readonly string[];
  /** `anyone` where the call is not signed, or signed by an account of AWS that is not published. */
  readonly caller: "account" | "anyone";
}

const objectsOf = (bucket: (region: string) => string) => (place: Place) => [
  bucketArnOf(place, `${bucket(place.region)}/*`),
];

const emrSystemLogs = (region: string) =>
  region === "us-east-1" ? "aws157-logs-prod" : `aws157-logs-prod-${region}`;

/** Buckets that EMR names itself. Source: Amazon EMR Management Guide, "Sample policies for private subnets that access Amazon S3". */
const emrBuckets: readonly AwsOwned[] = [
  {
    // Releases before 7.0 run on earlier Amazon Linux, whose repositories are others: the configuration refuses them.
    sid: "AmazonLinuxPackages",
    service: "s3",
    actions: ["s3:GetObject"],
    resources: objectsOf((region) => `al2023-repos-${region}-de612dc2`),
    caller: "anyone",
  },
  {
    sid: "EmrPackages",
    service: "s3",
    actions: ["s3:GetObject"],
    resources: objectsOf((region) => `repo.${region}.emr.amazonaws.com`),
    caller: "anyone",
  },
  {
    sid: "EmrSystemLogs",
    service: "s3",
    actions: ["s3:Put*"],
    resources: objectsOf(emrSystemLogs),
    caller: "anyone",
  },
  {
    // Spark's user interface after the cluster has gone, of EMR Serverless too.
    // Source: also Amazon EMR Serverless User Guide, "Storing logs", managed storage.
    sid: "EmrApplicationHistory",
    service: "s3",
    actions: ["s3:Put*", "s3:Get*", "s3:Create*", "s3:Abort*", "s3:List*"],
    resources: objectsOf((region) => `prod.${region}.appinfo.src`),
    caller: "anyone",
  },
];

/**
 * What AWS owns and EMR and MWAA cannot do without. An endpoint policy that knew this account alone would let no cluster
 * and no Airflow environment start.
 * Source: also AWS Samples, data-perimeter-policy-examples, "Service-owned resources".
 */
export const awsOwned: readonly AwsOwned[] = [
  ...emrBuckets,
  {
    // Source: Amazon EMR Release Guide, "Run commands and scripts on an Amazon EMR cluster".
    sid: "EmrSteps",
    service: "s3",
    actions: ["s3:GetObject"],
    resources: objectsOf((region) => `${region}.elasticmapreduce`),
    caller: "account",
  },
  {
    // Sources: Amazon ECR User Guide, "Minimum Amazon S3 bucket permissions for Amazon ECR"; Amazon MWAA User Guide,
    // "Security in your VPC on Amazon MWAA", S3 gateway endpoint policy.
    sid: "ImageLayers",
    service: "s3",
    actions: ["s3:GetObject"],
    resources: objectsOf((region) => `prod-${region}-starport-layer-bucket`),
    caller: "anyone",
  },
  {
    // MWAA's containers come from repositories of its own, whose accounts AWS does not publish; nothing can be pushed.
    // Source: Amazon MWAA User Guide, "Creating the required VPC service endpoints in an Amazon VPC with private routing".
    sid: "MwaaImages",
    service: "ecr",
    actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    resources: (place) => [arnOf(place, "ecr", "repository/*", "*")],
    caller: "anyone",
  },
  {
    // Source: as above; Amazon ECR knows no resource for this action (Service Authorization Reference).
    sid: "MwaaRegistryToken",
    service: "ecr",
    actions: ["ecr:GetAuthorizationToken"],
    resources: () => ["*"],
    caller: "anyone",
  },
  {
    // Source: Amazon MWAA User Guide, "Amazon MWAA execution role": the queues are in an account of AWS.
    sid: "MwaaTaskQueues",
    service: "sqs",
    actions: [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
    ],
    resources: (place) => [arnOf(place, "sqs", "airflow-celery-*", "*")],
    caller: "account",
  },
];

/** The statement of an endpoint policy that lets it through. */
export function allowAwsOwned(entry: AwsOwned, place: Place): Statement {
  const { sid, actions, resources, caller } = entry;
  const account: Statement["Condition"] = { StringEquals: { "aws:PrincipalAccount": place.accountId } };
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: "*",
    Action: actions,
    Resource: resources(place),
    ...(caller === "account" ? { Condition: account } : {}),
  };
}
