import { arnOf, bucketArnOf, type Place } from "../arn";
import { policyDocument } from "../statement";
import { actions, type BoundedEnvironment, permit } from "./scope";

/** The account's trail, which may be in another region. */
export interface BoundedTrail {
  readonly place: Place;
  readonly bucket: string;
  readonly keyAlias: string;
}

/**
 * Settings of services, and no data: what the platform consists of, what else an account usually has, and AWS's own
 * services for audits. AWS's `SecurityAudit` has some 1,200 actions of 198 services, which is more than a boundary holds.
 */
const settings = [
  "access-analyzer:Get* List*",
  "account:GetAlternateContact",
  "acm:Describe* List*",
  "airflow:GetEnvironment List*",
  "athena:GetWorkGroup List*",
  "autoscaling:Describe*",
  "backup:Describe* List*",
  "cloudformation:Describe* List*",
  "cloudfront:List*",
  "cloudtrail:Describe* Get* List* LookupEvents",
  "cloudwatch:Describe* List*",
  "config:Describe* Get* List*",
  "dynamodb:Describe* List*",
  "ec2:Describe*",
  "ecr:Describe* GetRepositoryPolicy",
  "ecs:Describe* List*",
  "eks:Describe* List*",
  "elasticfilesystem:Describe*",
  "elasticloadbalancing:Describe*",
  "elasticmapreduce:GetBlockPublicAccessConfiguration List*",
  "emr-serverless:List*",
  "es:Describe* List*",
  "events:Describe* List*",
  "glue:GetDataCatalogEncryptionSettings GetResourcePolicy GetSecurityConfigurations",
  "guardduty:Get* List*",
  "iam:GenerateCredentialReport GenerateServiceLastAccessedDetails Get* List* Simulate*",
  "inspector2:BatchGet* Get* List*",
  "kafka:Describe* List*",
  "kms:Describe* GetKeyPolicy GetKeyRotationStatus List*",
  "lambda:GetAccountSettings GetPolicy List*",
  "logs:Describe* List*",
  "organizations:Describe* List*",
  "rds:Describe* List*",
  "redshift:Describe*",
  "route53:Get* List*",
  "s3:GetAccelerateConfiguration GetAccountPublicAccessBlock GetBucket* GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration GetReplicationConfiguration ListAllMyBuckets",
  "secretsmanager:DescribeSecret GetResourcePolicy List*",
  "securityhub:Describe* Get* List*",
  "sns:GetTopicAttributes List*",
  "sqs:GetQueueAttributes List*",
  "ssm:Describe* List*",
  "tag:GetResources GetTagKeys",
  "trustedadvisor:Describe*",
] as const;

/**
 * What the role of auditors can be allowed, whatever policies it has: settings of the account's services, the records of
 * its trail, the environment's clusters and applications, and Airflow as a viewer. It allows nothing by itself.
 * Source: IAM User Guide, "Permissions boundaries for IAM entities".
 */
export function auditorBoundary(own: BoundedEnvironment, trail: BoundedTrail): string {
  const { project, environment, place } = own;
  return policyDocument(
    { Sid: "Settings", Effect: "Allow", Action: settings.flatMap(actions), Resource: "*" },
    permit("Trail", "s3:Get* List*", {
      Resource: ["", "/*"].map((objects) => bucketArnOf(trail.place, `${trail.bucket}${objects}`)),
    }),
    permit("TrailKey", "kms:Decrypt", {
      Resource: arnOf(trail.place, "kms", "key/*"),
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${trail.keyAlias}` } },
    }),
    permit("Clusters", "elasticmapreduce:Describe* List*", {
      Resource: arnOf(place, "elasticmapreduce", "cluster/*"),
    }),
    permit("Applications", "emr-serverless:Get* List*", {
      Resource: arnOf(place, "emr-serverless", "/applications/*"),
    }),
    permit("ViewAirflow", "airflow:CreateWebLoginToken", {
      Resource: arnOf(place, "airflow", `role/${project}-${environment}-*/Viewer`),
    }),
  );
}
