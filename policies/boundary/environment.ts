import { storeUser } from "../airflow";
import { accountArnOf, arnOf, bucketArnOf, iamArnOf } from "../arn";
import { policyDocument, type Statement } from "../statement";
import { anywhere, type BoundedEnvironment, permit, tags } from "./scope";

/** Buckets, secrets, queues, tables and log groups by their names, keys by their tags. */
function storedData(own: BoundedEnvironment): Statement[] {
  const { project, environment, place } = own;
  const prefix = `${project}-${environment}`;
  const databases = `${prefix}_`.replaceAll("-", "_");
  const inGlue = ["catalog", "database/default", `database/${databases}*`, `table/${databases}*/*`];
  return [
    permit("OwnBuckets", "s3:*", {
      Resource: [bucketArnOf(place, `${prefix}-*`), bucketArnOf(place, `${prefix}-*/*`)],
    }),
    // Scripts of EMR's own, and what the console and MWAA ask about the account.
    permit("EmrScripts", "s3:GetObject", {
      Resource: bucketArnOf(place, `${place.region}.elasticmapreduce/*`),
    }),
    permit("BucketsOfAccount", "s3:GetAccountPublicAccessBlock ListAllMyBuckets", anywhere),
    permit("OwnKeys", "kms:CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey* ReEncrypt*", {
      Resource: arnOf(place, "kms", "key/*"),
      Condition: { StringEquals: tags(own) },
    }),
    // RDS names the secrets of databases; whose they are say the tags of their keys.
    permit("OwnSecrets", "secretsmanager:DescribeSecret GetSecretValue PutSecretValue", {
      Resource: [`${project}/${environment}/*`, "rds!db-*"].map((name) =>
        arnOf(place, "secretsmanager", `secret:${name}`),
      ),
    }),
    permit("OwnQueues", "sqs:*", { Resource: arnOf(place, "sqs", `${prefix}-*`) }),
    permit("OwnTables", "glue:*", { Resource: inGlue.map((name) => arnOf(place, "glue", name)) }),
    permit("OwnQueries", "athena:*", { Resource: arnOf(place, "athena", `workgroup/${prefix}*`) }),
    permit("ListWorkGroups", "athena:ListWorkGroups", anywhere),
  ];
}

/** Logs, metrics and alarms. RDS has one log group for the metrics of all databases. */
function observed({ project, environment, place }: BoundedEnvironment): Statement[] {
  const prefix = `${project}-${environment}`;
  return [
    permit("OwnLogs", "logs:*", {
      Resource: [`*${prefix}*`, "RDS*"].map((name) => arnOf(place, "logs", `log-group:${name}`)),
    }),
    permit("FindLogs", "logs:DescribeLogGroups StopQuery", anywhere),
    permit("Metrics", "cloudwatch:Describe* Get* List* PutMetricData", anywhere),
  ];
}

/** Airflow, clusters and applications, the database, and the roles that they are given. */
function computing(own: BoundedEnvironment): Statement[] {
  const { project, environment, place } = own;
  const prefix = `${project}-${environment}`;
  const airflow = [`environment/${prefix}-*`, `role/${prefix}-*/*`];
  return [
    permit("OwnAirflow", "airflow:*", { Resource: airflow.map((name) => arnOf(place, "airflow", name)) }),
    permit("ListAirflow", "airflow:ListEnvironments", anywhere),
    permit("OwnClusters", "elasticmapreduce:*", {
      Resource: arnOf(place, "elasticmapreduce", "cluster/*"),
      Condition: { StringEquals: tags(own) },
    }),
    // A cluster has no tags while it is made; those of another environment decide afterwards.
    permit(
      "NewClusters",
      "elasticmapreduce:AddTags ListClusters PutAutoTerminationPolicy PutManagedScalingPolicy RunJobFlow",
      { ...anywhere, Condition: { StringEqualsIfExists: tags(own) } },
    ),
    // Nobody gives a job run tags.
    permit("OwnApplications", "emr-serverless:*", {
      ...anywhere,
      Condition: { StringEqualsIfExists: tags(own) },
    }),
    permit("Databases", "rds:DescribeDBInstances", { Resource: arnOf(place, "rds", `db:${prefix}-*`) }),
    // By an id that RDS chooses with the database.
    permit("LogInToStore", "rds-db:connect", { Resource: arnOf(place, "rds-db", `dbuser:*/${storeUser}`) }),
    permit("PassOwnRoles", "iam:PassRole", { Resource: iamArnOf(place, `role/${prefix}-*`) }),
    permit("ServicesMakeTheirRoles", "iam:CreateServiceLinkedRole", {
      Resource: iamArnOf(place, "role/aws-service-role/*"),
    }),
  ];
}

/**
 * What AWS's policy for EMR's service role allows of EC2 and the platform uses: nodes and their disks in subnets that
 * are there. Source: Amazon EMR Management Guide, "Service role for Amazon EMR (EMR role)", AmazonEMRServicePolicy_v2.
 */
function nodes(own: BoundedEnvironment): Statement[] {
  const ofClusters = { "aws:ResourceTag/for-use-with-amazon-emr-managed-policies": "true" };
  return [
    permit(
      "NewNodes",
      "ec2:CreateFleet CreateLaunchTemplate CreateLaunchTemplateVersion CreateNetworkInterface Describe* RunInstances",
      anywhere,
    ),
    permit("TagNewNodes", "ec2:CreateTags", {
      ...anywhere,
      Condition: { Null: { "ec2:CreateAction": "false" } },
    }),
    permit(
      "OwnNodes",
      "ec2:AuthorizeSecurityGroup* CreateTags DeleteLaunchTemplate DeleteNetworkInterface DeleteTags ModifyInstanceAttribute RevokeSecurityGroup* TerminateInstances",
      {
        ...anywhere,
        Condition: { StringEquals: ofClusters, StringEqualsIfExists: tags(own) },
      },
    ),
  ];
}

/** The Kafka cluster with its topics and consumer groups. */
function records({ project, environment, place, hasKafka }: BoundedEnvironment): Statement[] {
  if (hasKafka !== true) return [];
  const names = ["cluster", "group", "topic"].map((kind) => `${kind}/${project}-${environment}-kafka/*`);
  return [
    permit("OwnKafka", "kafka:*", { Resource: arnOf(place, "kafka", names[0] ?? "") }),
    permit("OwnRecords", "kafka-cluster:*", { Resource: names.map((name) => arnOf(place, "kafka", name)) }),
    permit("ListKafka", "kafka:ListClustersV2", anywhere),
  ];
}

/**
 * What any role of an environment can be allowed, whatever policies it has: the environment's own resources, by name or
 * by tag. Whoever can make a role and write its policies gains no more than this: no other environment, no state, no
 * change of IAM. It allows nothing by itself.
 * Source: IAM User Guide, "Permissions boundaries for IAM entities".
 */
export function environmentBoundary(own: BoundedEnvironment): string {
  const { place, project, environment } = own;
  return policyDocument(
    ...storedData(own),
    permit("AirflowTasks", "sqs:ChangeMessageVisibility DeleteMessage Get* ReceiveMessage SendMessage", {
      // The queues of MWAA's workers are in an account of AWS.
      Resource: arnOf(place, "sqs", "airflow-celery-*", "*"),
    }),
    ...observed(own),
    permit("OwnDashboards", "cloudwatch:GetDashboard", {
      Resource: accountArnOf(place, "cloudwatch", `dashboard/${project}-${environment}*`),
    }),
    ...computing(own),
    ...nodes(own),
    ...records(own),
  );
}
