import { layout, prefixOf } from "../../contracts/layout";
import { arnOf, bucketArnOf, type Place } from "../arn";
import { domainOf } from "../partition";
import { policyDocument, type Statement } from "../statement";

/** What people of an environment work with. */
export interface PeopleScope {
  readonly place: Place;
  readonly buckets: { readonly data: string; readonly artifacts: string; readonly logs: string };
  readonly keyArn: string;
  readonly airflowEnvironment: string;
  /** Prefix of the names of its secrets, without a slash at the end. */
  readonly secretsPrefix: string;
  /** Name of the queue that says what arrived; its key has the alias of this name. */
  readonly arrivalsQueue: string;
  /** The tags by which its clusters are known. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The trail of the account, which may be in another region. */
export interface TrailScope {
  readonly place: Place;
  readonly bucket: string;
  /** Alias of its key, without `alias/`. */
  readonly keyAlias: string;
}

const allow = (Sid: string, Action: readonly string[], Resource: string | readonly string[]): Statement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
});

const listBuckets = (place: Place, ...buckets: readonly string[]): Statement =>
  allow(
    "ListBuckets",
    ["s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketLocation"],
    buckets.map((bucket) => bucketArnOf(place, bucket)),
  );

const readObjects = (place: Place, ...places: readonly string[]): Statement =>
  allow(
    "ReadObjects",
    ["s3:GetObject", "s3:GetObjectVersion"],
    places.map((objects) => bucketArnOf(place, objects)),
  );

const writeObjects = (place: Place, ...places: readonly string[]): Statement =>
  allow(
    "WriteObjects",
    ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
    places.map((objects) => bucketArnOf(place, objects)),
  );

/** The key, through these services only. */
const useKeyVia = (scope: PeopleScope, ...services: readonly string[]): Statement => {
  const { region } = scope.place;
  const via = services.map((service) => `${service}.${region}.${domainOf(region)}`);
  return {
    ...allow("UseKey", ["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"], scope.keyArn),
    Condition: { StringEquals: { "kms:ViaService": via } },
  };
};

const ownClusters = (scope: PeopleScope): Pick<Statement, "Resource" | "Condition"> => {
  const { project, environment } = scope.tags;
  const tags = { "aws:ResourceTag/project": project ?? "", "aws:ResourceTag/environment": environment ?? "" };
  return {
    Resource: arnOf(scope.place, "elasticmapreduce", "cluster/*"),
    Condition: { StringEquals: tags },
  };
};

const seeClusters = (scope: PeopleScope): Statement => ({
  Sid: "SeeClusters",
  Effect: "Allow",
  Action: [
    "elasticmapreduce:DescribeCluster",
    "elasticmapreduce:DescribePersistentAppUI",
    "elasticmapreduce:DescribeStep",
    "elasticmapreduce:ListBootstrapActions",
    "elasticmapreduce:ListInstanceFleets",
    "elasticmapreduce:ListInstances",
    "elasticmapreduce:ListSteps",
  ],
  ...ownClusters(scope),
});

const stopClusters = (scope: PeopleScope): Statement => ({
  Sid: "StopClusters",
  Effect: "Allow",
  Action: ["elasticmapreduce:CancelSteps", "elasticmapreduce:TerminateJobFlows"],
  ...ownClusters(scope),
});

/** The log groups of the environment: those of Airflow, and whatever else bears its name. */
const seeLogs = ({ place, airflowEnvironment, tags }: PeopleScope): Statement =>
  allow(
    "SeeLogs",
    [
      "DescribeLogStreams",
      "FilterLogEvents",
      "GetLogEvents",
      "GetLogGroupFields",
      "GetQueryResults",
      "StartQuery",
    ].map((action) => `logs:${action}`),
    [`airflow-${airflowEnvironment}-*`, `*${tags.project}-${tags.environment}*`].map((name) =>
      arnOf(place, "logs", `log-group:${name}`),
    ),
  );

/** Lists and queries that know no resource. */
const listThings: Statement = allow(
  "ListThings",
  [
    "airflow:ListEnvironments",
    "cloudwatch:DescribeAlarmsForMetric",
    "cloudwatch:GetMetricStatistics",
    "cloudwatch:ListDashboards",
    "elasticmapreduce:ListClusters",
    "logs:DescribeLogGroups",
    "logs:StopQuery",
    "s3:ListAllMyBuckets",
  ],
  "*",
);

/** One of Airflow's own roles. Source: Amazon MWAA User Guide, "Accessing an Amazon MWAA environment". */
const openAirflow = (
  { place, airflowEnvironment }: PeopleScope,
  role: "User" | "Op" | "Viewer",
): Statement[] => [
  allow(
    "OpenAirflow",
    ["airflow:CreateWebLoginToken"],
    arnOf(place, "airflow", `role/${airflowEnvironment}/${role}`),
  ),
  allow(
    "SeeAirflow",
    ["airflow:GetEnvironment"],
    arnOf(place, "airflow", `environment/${airflowEnvironment}`),
  ),
];

/** Data and code to read and write; clusters, logs and Airflow to work with. */
export function dataEngineerPolicy(scope: PeopleScope): string {
  const { place, buckets } = scope;
  return policyDocument(
    listBuckets(place, buckets.data, buckets.artifacts, buckets.logs),
    readObjects(place, `${buckets.data}/*`, `${buckets.artifacts}/*`, `${buckets.logs}/*`),
    writeObjects(place, `${buckets.data}/*`, `${buckets.artifacts}/*`),
    useKeyVia(scope, "s3"),
    seeClusters(scope),
    seeLogs(scope),
    ...openAirflow(scope, "User"),
    listThings,
  );
}

/**
 * Messages that were set aside: seen, and put back. By name and alias, since the queues are only where events are on.
 * Source: Amazon SQS Developer Guide, "Configuring a dead-letter queue redrive", permissions.
 */
const redriveArrivals = ({ place, arrivalsQueue }: PeopleScope): Statement[] => [
  allow(
    "RedriveArrivals",
    [
      "sqs:CancelMessageMoveTask",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ListMessageMoveTasks",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
      "sqs:StartMessageMoveTask",
    ],
    [arnOf(place, "sqs", arrivalsQueue), arnOf(place, "sqs", `${arrivalsQueue}-dead`)],
  ),
  {
    ...allow("UseArrivalsKey", ["kms:Decrypt", "kms:GenerateDataKey"], arnOf(place, "kms", "key/*")),
    Condition: {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${arrivalsQueue}` },
      StringEquals: { "kms:ViaService": `sqs.${place.region}.${domainOf(place.region)}` },
    },
  },
];

/** Releases to publish and roll back, clusters to stop, connections to fill, messages to put back; no data to change. */
export function operatorPolicy(scope: PeopleScope): string {
  const { place, buckets } = scope;
  const { jobs, dags } = layout.release;
  return policyDocument(
    listBuckets(place, buckets.data, buckets.artifacts, buckets.logs),
    readObjects(place, `${buckets.data}/${prefixOf("runs")}*`, `${buckets.artifacts}/*`, `${buckets.logs}/*`),
    writeObjects(place, `${buckets.artifacts}/${jobs.name}/*`, `${buckets.artifacts}/${dags.name}/*`),
    useKeyVia(scope, "s3", "secretsmanager"),
    seeClusters(scope),
    stopClusters(scope),
    seeLogs(scope),
    ...openAirflow(scope, "Op"),
    allow(
      "FillConnections",
      ["secretsmanager:DescribeSecret", "secretsmanager:PutSecretValue"],
      arnOf(place, "secretsmanager", `secret:${scope.secretsPrefix}/connections/*`),
    ),
    ...redriveArrivals(scope),
    listThings,
  );
}

/**
 * The trail, beside AWS's `SecurityAudit`, which reads the configuration of every service and no data.
 * The trail's key is known by its alias, since it belongs to the account and not to the environment.
 */
export function auditorPolicy(scope: PeopleScope, trail: TrailScope): string {
  return policyDocument(
    allow("SeeEvents", ["cloudtrail:LookupEvents"], "*"),
    listBuckets(trail.place, trail.bucket),
    readObjects(trail.place, `${trail.bucket}/*`),
    {
      ...allow("UseTrailKey", ["kms:Decrypt"], arnOf(trail.place, "kms", "key/*")),
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${trail.keyAlias}` } },
    },
    seeClusters(scope),
    ...openAirflow(scope, "Viewer"),
  );
}
