import { arnOf, bucketArnOf, iamArnOf, type Place } from "./arn";
import { policyDocument, type Statement } from "./statement";

/** The roles a DAG hands to EMR, and the tags by which its clusters are known. */
export interface ClusterScope {
  readonly serviceRole: string;
  readonly instanceRole: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly logsBucket: string;
  /** Folder of Spark's event logs in that bucket, with a slash at the end. */
  readonly eventLogs: string;
}

const passRole = (sid: string, roleArn: string, service: string): Statement => ({
  Sid: sid,
  Effect: "Allow",
  Action: "iam:PassRole",
  Resource: roleArn,
  // The suffix differs between partitions.
  Condition: { StringLike: { "iam:PassedToService": `${service}.amazonaws.com*` } },
});

const tagConditions = (kind: "RequestTag" | "ResourceTag", tags: ClusterScope["tags"]) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:${kind}/${key}`, value]));

const createClusters = (place: Place, scope: ClusterScope): Statement[] => [
  {
    Sid: "CreateTaggedClusters",
    Effect: "Allow",
    Action: "elasticmapreduce:RunJobFlow",
    Resource: "*",
    Condition: { StringEquals: tagConditions("RequestTag", scope.tags) },
  },
  {
    // Whoever tags may overwrite: a cluster that carries tags has to carry these, so that none of another
    // environment can be taken over. A new one carries none yet.
    Sid: "TagNewClusters",
    Effect: "Allow",
    Action: "elasticmapreduce:AddTags",
    Resource: arnOf(place, "elasticmapreduce", "cluster/*"),
    Condition: {
      StringEquals: tagConditions("RequestTag", scope.tags),
      StringEqualsIfExists: tagConditions("ResourceTag", scope.tags),
    },
  },
  {
    // Both are part of `RunJobFlow`, when the cluster does not carry its tags yet.
    Sid: "SetUpNewClusters",
    Effect: "Allow",
    Action: ["elasticmapreduce:PutAutoTerminationPolicy", "elasticmapreduce:PutManagedScalingPolicy"],
    Resource: arnOf(place, "elasticmapreduce", "cluster/*"),
    Condition: {
      StringEquals: tagConditions("RequestTag", scope.tags),
      StringEqualsIfExists: tagConditions("ResourceTag", scope.tags),
    },
  },
  {
    // EMR makes this role in an account's first cluster, in the name of who starts it.
    Sid: "CreateEmrCleanupRole",
    Effect: "Allow",
    Action: "iam:CreateServiceLinkedRole",
    Resource: iamArnOf(
      place,
      "role/aws-service-role/elasticmapreduce.amazonaws.com*/AWSServiceRoleForEMRCleanup*",
    ),
    Condition: { StringLike: { "iam:AWSServiceName": "elasticmapreduce.amazonaws.com*" } },
  },
];

/** By name, to say what the cluster of a run used; whose the others are cannot be told before. */
const findClusters: Statement = {
  Sid: "FindClusters",
  Effect: "Allow",
  Action: "elasticmapreduce:ListClusters",
  Resource: "*",
};

const runClusters = (place: Place, scope: ClusterScope): Statement => ({
  Sid: "RunOwnClusters",
  Effect: "Allow",
  Action: [
    "elasticmapreduce:AddJobFlowSteps",
    "elasticmapreduce:CancelSteps",
    "elasticmapreduce:DescribeCluster",
    "elasticmapreduce:DescribeStep",
    "elasticmapreduce:ListInstanceFleets",
    "elasticmapreduce:ListInstances",
    "elasticmapreduce:ListSteps",
    "elasticmapreduce:PutAutoTerminationPolicy",
    "elasticmapreduce:PutManagedScalingPolicy",
    "elasticmapreduce:TerminateJobFlows",
  ],
  Resource: arnOf(place, "elasticmapreduce", "cluster/*"),
  Condition: { StringEquals: tagConditions("ResourceTag", scope.tags) },
});

/** Spark starts only where the folder of its event logs exists, which every run makes sure of. */
const makeEventLogFolder = (place: Place, { logsBucket, eventLogs }: ClusterScope): Statement => ({
  Sid: "MakeEventLogFolder",
  Effect: "Allow",
  Action: "s3:PutObject",
  Resource: `${bucketArnOf(place, logsBucket)}/${eventLogs}*`,
});

/**
 * What the DAGs need: clusters tagged as this environment's, made with its two roles.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon Elastic MapReduce".
 */
export function clusterPolicy(place: Place, scope: ClusterScope): string {
  return policyDocument(
    ...createClusters(place, scope),
    findClusters,
    runClusters(place, scope),
    makeEventLogFolder(place, scope),
    passRole("PassServiceRole", iamArnOf(place, `role/${scope.serviceRole}`), "elasticmapreduce"),
    passRole("PassInstanceRole", iamArnOf(place, `role/${scope.instanceRole}`), "ec2"),
  );
}

/** The application a DAG submits jobs to, and the role it hands to them. */
export interface JobRunScope {
  readonly applicationArn: string;
  readonly jobRole: string;
}

/**
 * What the DAGs need on EMR Serverless: jobs of one application, which starts by itself when one is submitted.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EMR Serverless".
 */
export function jobRunPolicy(scope: JobRunScope): string {
  return policyDocument(
    {
      Sid: "SubmitJobRuns",
      Effect: "Allow",
      Action: ["emr-serverless:ListJobRuns", "emr-serverless:StartJobRun"],
      Resource: scope.applicationArn,
    },
    {
      Sid: "WatchJobRuns",
      Effect: "Allow",
      Action: ["emr-serverless:CancelJobRun", "emr-serverless:GetJobRun"],
      Resource: `${scope.applicationArn}/jobruns/*`,
    },
    passRole("PassJobRole", scope.jobRole, "emr-serverless"),
  );
}
