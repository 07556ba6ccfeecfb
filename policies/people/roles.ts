import { layout, prefixOf } from "../../contracts/layout";
import { arnOf, bucketArnOf, type Place } from "../arn";
import { domainOf } from "../partition";
import { policyDocument, type Statement } from "../statement";
import {
  openJobRuns,
  openSparkHistory,
  seeApplication,
  seeClusters,
  stopClusters,
  stopJobRuns,
} from "./compute";
import { allow, type PeopleScope } from "./scope";
import { listThings, seeKafka, seeLogs, seeMetrics } from "./watch";

/** The trail of the account, which may be in another region. */
export interface TrailScope {
  readonly place: Place;
  readonly bucket: string;
  /** Alias of its key, without `alias/`. */
  readonly keyAlias: string;
}

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

/** Jobs and DAGs in the artifacts bucket. What Airflow itself is installed from is Terraform's alone. */
const releases = ({ buckets: { artifacts } }: PeopleScope): string[] =>
  [layout.release.jobs, layout.release.dags].map(({ name }) => `${artifacts}/${name}/*`);

/** What both data engineers and operators watch: jobs wherever they run, logs, alarms and graphs. */
export function watchPolicy(scope: PeopleScope): string {
  return policyDocument(
    seeClusters(scope),
    openSparkHistory(scope),
    ...seeApplication(scope),
    ...openJobRuns(scope),
    seeLogs(scope),
    ...seeMetrics(scope),
    ...seeKafka(scope),
    listThings,
  );
}

/** Whether a role of people publishes releases, which run with the rights of Airflow and of the jobs. */
export interface Publishing {
  readonly publishes: boolean;
}

/** Data to read and write, code to read, and Airflow to work with. */
export function dataEngineerPolicy(scope: PeopleScope, { publishes }: Publishing): string {
  const { place, buckets } = scope;
  return policyDocument(
    listBuckets(place, buckets.data, buckets.artifacts, buckets.logs),
    readObjects(place, `${buckets.data}/*`, `${buckets.artifacts}/*`, `${buckets.logs}/*`),
    writeObjects(place, `${buckets.data}/*`, ...(publishes ? releases(scope) : [])),
    useKeyVia(scope, "s3"),
    ...openAirflow(scope, "User"),
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

/** Whether the metadata store is available, and how full it is. */
const seeDatabase = ({ place, tags }: PeopleScope): Statement =>
  allow(
    "SeeDatabase",
    ["rds:DescribeDBInstances"],
    arnOf(place, "rds", `db:${tags.project}-${tags.environment}-*`),
  );

/** Jobs to stop, connections to fill, messages to put back; no data to change. */
export function operatorPolicy(scope: PeopleScope, { publishes }: Publishing): string {
  const { place, buckets } = scope;
  return policyDocument(
    listBuckets(place, buckets.data, buckets.artifacts, buckets.logs),
    readObjects(place, `${buckets.data}/${prefixOf("runs")}*`, `${buckets.artifacts}/*`, `${buckets.logs}/*`),
    ...(publishes ? [writeObjects(place, ...releases(scope))] : []),
    useKeyVia(scope, "s3", "secretsmanager"),
    stopClusters(scope),
    ...stopJobRuns(scope),
    seeDatabase(scope),
    ...openAirflow(scope, "Op"),
    allow(
      "FillConnections",
      ["secretsmanager:DescribeSecret", "secretsmanager:PutSecretValue"],
      arnOf(place, "secretsmanager", `secret:${scope.secretsPrefix}/connections/*`),
    ),
    ...redriveArrivals(scope),
  );
}

/**
 * The trail, beside AWS's `SecurityAudit`, which reads settings and no data, as far as the role's boundary reaches.
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
    ...seeApplication(scope),
    ...openAirflow(scope, "Viewer"),
  );
}
