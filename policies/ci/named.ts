import { accountArnOf, arnOf, bucketArnOf } from "../arn";
import { type CiScope, everywhere, prefixOf } from "./scope";

/** Resources that are known by their names, and what is done with them. */
export interface NamedResources {
  /** A word for the ids of the statements. */
  readonly word: string;
  readonly arns: (scope: CiScope) => string[];
  /** What a refresh asks. */
  readonly read: readonly string[];
  /** What an apply does besides. */
  readonly write: readonly string[];
}

/** A service whose ARNs end in the resource's name. */
const byName =
  (service: string, ...kinds: readonly string[]) =>
  (scope: CiScope): string[] =>
    kinds.flatMap((kind) => scope.map((own) => arnOf(own.place, service, `${kind}${prefixOf(own)}*`)));

/** The same where the ARN names no region. */
const byNameAnywhere = (service: string, kind: string) => (scope: CiScope) =>
  scope.map((own) => accountArnOf(own.place, service, `${kind}${prefixOf(own)}*`));

const inBuckets = (suffix: string) => (scope: CiScope) =>
  scope.map((own) => bucketArnOf(own.place, `${prefixOf(own)}-${suffix}`));

const secrets = (folder: string) => (scope: CiScope) =>
  scope.map(({ project, environment, place }) =>
    arnOf(place, "secretsmanager", `secret:${project}/${environment}/${folder}*`),
  );

/** Glue's names have underscores: `big_data_dev`. */
function inCatalog(scope: CiScope, ...kinds: readonly ((databases: string) => string)[]): string[] {
  return scope.flatMap((own) => {
    const databases = `${prefixOf(own).replaceAll("-", "_")}*`;
    return kinds.map((kind) => arnOf(own.place, "glue", kind(databases)));
  });
}

export const storage: readonly NamedResources[] = [
  {
    word: "Buckets",
    arns: inBuckets("*"),
    read: ["s3:GetBucket*", "s3:GetAccelerateConfiguration", "s3:GetEncryptionConfiguration"].concat([
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
      "s3:ListBucketVersions",
      "s3:ListTagsForResource",
    ]),
    write: ["s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucket*"].concat([
      "s3:PutEncryptionConfiguration",
      "s3:PutLifecycleConfiguration",
      "s3:TagResource",
      "s3:UntagResource",
    ]),
  },
  {
    word: "Releases",
    arns: inBuckets("artifacts-*/*"),
    read: ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion"],
    write: ["s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "s3:AbortMultipartUpload"],
  },
  {
    // What Terraform itself puts there it deletes with all of its versions.
    word: "AirflowObjects",
    arns: inBuckets("artifacts-*/airflow/*"),
    read: [],
    write: ["s3:DeleteObjectVersion"],
  },
  {
    word: "KeyAliases",
    arns: byName("kms", "alias/"),
    read: [],
    write: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
  },
  {
    word: "Secrets",
    arns: secrets(""),
    read: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
    write: [
      "CreateSecret",
      "DeleteSecret",
      "PutSecretValue",
      "TagResource",
      "UntagResource",
      "UpdateSecret",
    ].map((action) => `secretsmanager:${action}`),
  },
  {
    // RDS makes them in its caller's name and chooses theirs; nobody reads them here.
    // Source: Amazon RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager".
    word: "DatabasePasswords",
    arns: (scope) => everywhere(scope, "secretsmanager", "secret:rds!db-*"),
    read: [],
    write: ["secretsmanager:CreateSecret", "secretsmanager:RotateSecret", "secretsmanager:TagResource"],
  },
  {
    // Facts, no credentials: those are under connections/, where CI reads nothing.
    word: "Facts",
    arns: secrets("airflow/variables/"),
    read: ["secretsmanager:GetSecretValue"],
    write: [],
  },
];

const tagging = (service: string): string[] => [`${service}:TagResource`, `${service}:UntagResource`];

export const compute: readonly NamedResources[] = [
  {
    word: "Airflow",
    arns: byName("airflow", "environment/"),
    read: ["airflow:GetEnvironment", "airflow:ListTagsForResource"],
    write: ["airflow:CreateEnvironment", "airflow:DeleteEnvironment", "airflow:UpdateEnvironment"].concat(
      tagging("airflow"),
    ),
  },
  {
    word: "Databases",
    arns: byName("rds", "db:", "pg:", "subgrp:", "snapshot:"),
    read: ["rds:DescribeDB*", "rds:ListTagsForResource"],
    write: ["CreateDBInstance", "CreateDBParameterGroup", "CreateDBSnapshot", "CreateDBSubnetGroup"]
      .concat(["DeleteDBInstance", "DeleteDBParameterGroup", "DeleteDBSubnetGroup", "ModifyDBInstance"])
      .concat(["ModifyDBParameterGroup", "ModifyDBSubnetGroup", "RebootDBInstance", "ResetDBParameterGroup"])
      .concat(["AddTagsToResource", "RemoveTagsFromResource"])
      .map((action) => `rds:${action}`),
  },
  {
    // The provider knows an instance by its resource id, and finds it by a filter: without a name RDS authorizes the
    // call on every instance of the account. Source: hashicorp/terraform-provider-aws, issues 32732 and 35737.
    word: "DatabasesById",
    arns: (scope) => everywhere(scope, "rds", "db:*"),
    read: ["rds:DescribeDBInstances"],
    write: [],
  },
  {
    // An instance without an option group of its own gets its engine's default one, on which it is authorized too.
    // Source: Amazon RDS User Guide, "Identity-based policy examples for Amazon RDS", creating DB instances.
    word: "DefaultOptionGroups",
    arns: (scope) => everywhere(scope, "rds", "og:default:*"),
    read: [],
    write: ["rds:CreateDBInstance", "rds:ModifyDBInstance"],
  },
  {
    word: "Catalog",
    arns: (scope) => [
      ...everywhere(scope, "glue", "catalog"),
      ...inCatalog(
        scope,
        (databases) => `database/${databases}`,
        (databases) => `table/${databases}/*`,
      ),
    ],
    read: ["glue:GetDatabase", "glue:GetTable", "glue:GetTables", "glue:GetTags", "glue:GetPartitionIndexes"],
    write: ["CreateDatabase", "CreateTable", "DeleteDatabase", "DeleteTable", "UpdateDatabase", "UpdateTable"]
      .concat(["TagResource", "UntagResource"])
      .map((action) => `glue:${action}`),
  },
  {
    // A database is deleted with the functions that it may have.
    // Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS Glue", DeleteDatabase.
    word: "CatalogFunctions",
    arns: (scope) => inCatalog(scope, (databases) => `userDefinedFunction/${databases}/*`),
    read: [],
    write: ["glue:DeleteDatabase"],
  },
  {
    word: "Queries",
    arns: byName("athena", "workgroup/"),
    read: ["athena:GetNamedQuery", "athena:GetWorkGroup", "athena:ListTagsForResource"],
    write: ["CreateNamedQuery", "CreateWorkGroup", "DeleteNamedQuery", "DeleteWorkGroup", "UpdateNamedQuery"]
      .concat(["UpdateWorkGroup", "TagResource", "UntagResource"])
      .map((action) => `athena:${action}`),
  },
];

export const observability: readonly NamedResources[] = [
  {
    word: "LogGroups",
    arns: byName("logs", "log-group:*"),
    read: ["logs:ListTagsForResource"],
    write: ["AssociateKmsKey", "CreateLogGroup", "CreateLogStream", "DeleteLogGroup", "DeleteLogStream"]
      .concat([
        "DeleteRetentionPolicy",
        "DisassociateKmsKey",
        "PutRetentionPolicy",
        "TagResource",
        "UntagResource",
      ])
      .concat(["DeleteMetricFilter", "DescribeLogStreams", "DescribeMetricFilters", "PutMetricFilter"])
      .map((action) => `logs:${action}`),
  },
  {
    word: "Alarms",
    arns: (scope) => [
      ...byName("cloudwatch", "alarm:")(scope),
      ...byNameAnywhere("cloudwatch", "dashboard/")(scope),
    ],
    read: ["cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard", "cloudwatch:ListTagsForResource"],
    write: ["cloudwatch:DeleteAlarms", "cloudwatch:DeleteDashboards", "cloudwatch:PutCompositeAlarm"]
      .concat(["cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm"])
      .concat(tagging("cloudwatch")),
  },
  {
    word: "Topics",
    arns: byName("sns", ""),
    read: ["sns:GetSubscriptionAttributes", "sns:GetTopicAttributes", "sns:ListTagsForResource"],
    write: ["sns:CreateTopic", "sns:DeleteTopic", "sns:SetSubscriptionAttributes", "sns:SetTopicAttributes"]
      .concat(["sns:Subscribe", "sns:Unsubscribe"])
      .concat(tagging("sns")),
  },
  {
    word: "Queues",
    arns: byName("sqs", ""),
    read: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"],
    write: ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
  },
  {
    word: "Rules",
    arns: byName("events", "rule/"),
    read: ["events:DescribeRule", "events:ListTagsForResource", "events:ListTargetsByRule"],
    write: ["DeleteRule", "DisableRule", "EnableRule", "PutRule", "PutTargets", "RemoveTargets"]
      .concat(["TagResource", "UntagResource"])
      .map((action) => `events:${action}`),
  },
  {
    word: "Budgets",
    arns: byNameAnywhere("budgets", "budget/"),
    read: ["budgets:ListTagsForResource", "budgets:ViewBudget"],
    write: ["budgets:ModifyBudget", ...tagging("budgets")],
  },
];
