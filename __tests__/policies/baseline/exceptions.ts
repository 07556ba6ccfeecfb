/** A statement that breaks a rule on purpose: what it may do that others may not, and why. */
export interface Exception {
  /** The id of the statement, wherever it is. */
  readonly sid: string;
  readonly action: string;
  readonly reason: string;
}

/** All actions of a service in one. */
export const wholeServices: readonly Exception[] = [
  {
    sid: "DelegatedToIam",
    action: "kms:*",
    reason:
      "A key that its account's IAM does not rule can be locked away for good; KMS's own default says the same.",
  },
];

/** Every resource, though the data set knows one for the action. */
export const everyResource: readonly Exception[] = [
  {
    sid: "PublishMetrics",
    action: "cloudwatch:PutMetricData",
    reason: "Metrics outside a data set have no ARN; the condition names the namespaces.",
  },
  {
    sid: "ReadUnnamed",
    action: "ec2:Describe*",
    reason:
      "Nearly all descriptions of EC2 know no resource; the few that do are of no more than a refresh reads.",
  },
  {
    sid: "ListThings",
    action: "cloudwatch:GetMetricData",
    reason: "Metrics outside a data set have no ARN, and graphs of the console ask for nothing else.",
  },
  {
    sid: "ListThings",
    action: "cloudwatch:ListMetrics",
    reason: "Metrics outside a data set have no ARN.",
  },
];

/** Services that ask for a role or a key without saying for which resource, so that no condition can hold them to it. */
export const withoutSource: readonly { readonly service: string; readonly reason: string }[] = [
  {
    service: "ec2.amazonaws.com",
    reason:
      "EC2 sends no source when an instance takes its role; which instances may is iam:PassRole's affair.",
  },
  {
    service: "events.amazonaws.com",
    reason:
      "EventBridge publishes to topics, and asks KMS for the keys of topics and queues, without a source: see policies/deliveries.ts.",
  },
];

/** Types of resources that the roles of CI do not reach, though IAM authorizes some of their actions on them. */
export const unusedResourceTypes: readonly { readonly type: string; readonly reason: string }[] = [
  { type: "cloudwatch:dataset", reason: "Metrics are in no data set." },
  { type: "ec2:ipam-pool", reason: "Ranges are in the configuration, not in a pool." },
  { type: "glue:catalog", reason: "Tables are in the account's own catalog, which Glue calls the root." },
  { type: "rds:cluster", reason: "The database is an instance of its own." },
  { type: "rds:secgrp", reason: "Security groups of EC2-Classic, which AWS has retired." },
  { type: "s3:accesspoint", reason: "Buckets are reached by their names." },
  { type: "s3:accesspointobject", reason: "Buckets are reached by their names." },
];
