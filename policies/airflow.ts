import { prefixOf } from "../contracts/layout";
import { arnOf, bucketArnOf, type Place } from "./arn";
import { useKey } from "./kms";
import { domainOf } from "./partition";
import { policyDocument, type Statement } from "./statement";

/** What one MWAA environment is called and what it works with. */
export interface AirflowScope {
  readonly environmentName: string;
  readonly artifactsBucket: string;
  readonly keyArn: string;
  /** Prefix of the names of its variables and connections in Secrets Manager, without a slash at the end. */
  readonly secretsPrefix: string;
  /** Namespace of the metrics that its DAGs send. */
  readonly metricsNamespace: string;
}

const readDags = (place: Place, bucket: string): Statement[] => {
  const arn = bucketArnOf(place, bucket);
  return [
    {
      Sid: "ReadDagsAndReleases",
      Effect: "Allow",
      Action: ["s3:GetObject*", "s3:GetBucket*", "s3:List*"],
      Resource: [arn, `${arn}/*`],
    },
    {
      // MWAA checks that the account's buckets are not public; these two actions know no resource.
      Sid: "ReadAccountSettings",
      Effect: "Allow",
      Action: ["s3:GetAccountPublicAccessBlock", "logs:DescribeLogGroups"],
      Resource: "*",
    },
  ];
};

const writeLogs = (place: Place, environmentName: string): Statement => ({
  Sid: "WriteLogs",
  Effect: "Allow",
  Action: [
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "logs:GetLogEvents",
    "logs:GetLogRecord",
    "logs:GetLogGroupFields",
    "logs:GetQueryResults",
  ],
  Resource: arnOf(place, "logs", `log-group:airflow-${environmentName}-*`),
});

const publishMetrics = (place: Place, { environmentName, metricsNamespace }: AirflowScope): Statement[] => [
  {
    Sid: "PublishHealth",
    Effect: "Allow",
    Action: "airflow:PublishMetrics",
    Resource: arnOf(place, "airflow", `environment/${environmentName}`),
  },
  {
    Sid: "PublishMetrics",
    Effect: "Allow",
    Action: "cloudwatch:PutMetricData",
    Resource: "*",
    Condition: { StringEquals: { "cloudwatch:namespace": ["AmazonMWAA", "AWS/MWAA", metricsNamespace] } },
  },
];

const queueTasks = (place: Place): Statement => ({
  Sid: "QueueTasks",
  Effect: "Allow",
  Action: [
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
  ],
  // The queue belongs to an account of the service, whose id is not known.
  Resource: arnOf(place, "sqs", "airflow-celery-*", "*"),
});

const readSecrets = (place: Place, prefix: string): Statement => ({
  Sid: "ReadVariablesAndConnections",
  Effect: "Allow",
  Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
  Resource: arnOf(place, "secretsmanager", `secret:${prefix}/*`),
});

/**
 * Signs in to Airflow's own REST API, as the role Op and no more: the DAG that deletes old runs works by it.
 * Source: Amazon MWAA User Guide, "Accessing an Amazon MWAA environment", Apache Airflow UI access policy.
 */
const signIn = (place: Place, environmentName: string): Statement => ({
  Sid: "SignInToAirflow",
  Effect: "Allow",
  Action: "airflow:CreateWebLoginToken",
  Resource: arnOf(place, "airflow", `role/${environmentName}/Op`),
});

/** What MWAA itself needs, and what signs in to it. Source: Amazon MWAA User Guide, "Amazon MWAA execution role", policy for a customer managed key. */
export function airflowPolicy(place: Place, scope: AirflowScope): string {
  const via = ["sqs", "s3", "secretsmanager"].map(
    (service) => `${service}.${place.region}.${domainOf(place.region)}`,
  );
  return policyDocument(
    ...publishMetrics(place, scope),
    ...readDags(place, scope.artifactsBucket),
    writeLogs(place, scope.environmentName),
    queueTasks(place),
    readSecrets(place, scope.secretsPrefix),
    signIn(place, scope.environmentName),
    useKey(scope.keyArn, via),
  );
}

/**
 * User of the metadata store's database whom DAGs log in as, by a token of IAM. It has the rows of the tables; the master
 * user makes it. The generated `STORE_USER` of platform_metadata is the same.
 */
export const storeUser = "platform_app";

/** What the DAG that fills the metadata store works with. */
export interface StoreScope {
  readonly dataBucket: string;
  /** RDS's own id of the database, by which IAM knows its users. */
  readonly databaseId: string;
  /** Secret of the master user. */
  readonly secretArn: string;
  /** Key of the secret. */
  readonly secretKeyArn: string;
}

/**
 * Reads what runs left, measures what they read, and logs in to the database: as the user of the DAGs by IAM, and for
 * migrations as the master user, by its password.
 * Sources: Amazon RDS User Guide, "Creating and using an IAM policy for IAM database access", and "Password management with
 * Amazon RDS and AWS Secrets Manager", permissions.
 */
export function storePolicy(place: Place, scope: StoreScope): string {
  const data = bucketArnOf(place, scope.dataBucket);
  const through = `secretsmanager.${place.region}.${domainOf(place.region)}`;
  return policyDocument(
    {
      Sid: "ListRuns",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: data,
      Condition: {
        StringLike: {
          "s3:prefix": (["runs", "raw", "curated"] as const).map((zone) => `${prefixOf(zone)}*`),
        },
      },
    },
    { Sid: "ReadRuns", Effect: "Allow", Action: "s3:GetObject", Resource: `${data}/${prefixOf("runs")}*` },
    {
      Sid: "LogInToStore",
      Effect: "Allow",
      Action: "rds-db:connect",
      Resource: arnOf(place, "rds-db", `dbuser:${scope.databaseId}/${storeUser}`),
    },
    {
      Sid: "ReadDatabasePassword",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      Resource: scope.secretArn,
    },
    {
      Sid: "DecryptDatabasePassword",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: scope.secretKeyArn,
      Condition: { StringEquals: { "kms:ViaService": through } },
    },
  );
}

/** The queue a DAG reads, and the key of its messages. */
export interface ArrivalsScope {
  readonly queueArn: string;
  readonly keyArn: string;
}

/**
 * What the DAG needs that reads which raw data arrived: it takes messages away and puts none there.
 * Source: Amazon SQS Developer Guide, "Configure KMS permissions for Amazon SQS", consumer.
 */
export function arrivalsPolicy(place: Place, scope: ArrivalsScope): string {
  return policyDocument(
    {
      Sid: "ReceiveArrivals",
      Effect: "Allow",
      Action: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
      Resource: scope.queueArn,
    },
    {
      Sid: "DecryptArrivals",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: scope.keyArn,
      Condition: { StringEquals: { "kms:ViaService": `sqs.${place.region}.${domainOf(place.region)}` } },
    },
  );
}
