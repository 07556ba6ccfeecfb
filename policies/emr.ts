import { layout, zones } from "../contracts/layout";
import { arnOf, bucketArnOf, type Place } from "./arn";
import { databaseArns } from "./catalog";
import { grantKeyToVolumes, useKey } from "./kms";
import { policyDocument, type Statement } from "./statement";

/** The buckets, databases and the key that jobs work with. */
export interface LakeNames {
  readonly dataBucket: string;
  readonly artifactsBucket: string;
  readonly logsBucket: string;
  readonly keyArn: string;
  /** The Glue databases whose tables jobs make and keep. */
  readonly databases: readonly string[];
  /** Key of the certificate archive in the artifacts bucket. @default none */
  readonly certificateArchive?: string;
}

/** Folders of the data bucket that jobs write; they only read raw files. */
const writtenFolders = zones.filter(({ written_by }) => written_by === "jobs").map(({ folder }) => folder);

/**
 * What `AmazonEMRServicePolicy_v2` leaves out: passing a custom instance role, and the key of encrypted volumes.
 * Source: Amazon EMR Management Guide, "Service role for Amazon EMR (EMR role)" and "Create keys and certificates for
 * data encryption".
 */
export function emrServicePolicy(instanceRole: { readonly arn: string }, keyArn: string): string {
  return policyDocument(
    {
      Sid: "PassInstanceRole",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: instanceRole.arn,
      // The suffix differs between partitions.
      Condition: { StringLike: { "iam:PassedToService": "ec2.amazonaws.com*" } },
    },
    useKey(keyArn),
    grantKeyToVolumes(keyArn),
  );
}

const listBuckets = (arns: readonly string[]): Statement => ({
  Sid: "ListBuckets",
  Effect: "Allow",
  Action: ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
  Resource: arns,
});

const readObjects = (place: Place, dataArn: string, artifacts: readonly string[]): Statement => ({
  Sid: "ReadInputAndCode",
  Effect: "Allow",
  Action: "s3:GetObject",
  // The last one is AWS's: EMR's own steps and libraries.
  Resource: [
    `${dataArn}/${layout.zones.raw.folder}/*`,
    ...artifacts,
    bucketArnOf(place, `${place.region}.elasticmapreduce/*`),
  ],
});

const writeObjects = (dataArn: string, logsArn: string): Statement => ({
  Sid: "WriteResultsAndLogs",
  Effect: "Allow",
  Action: [
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
  ],
  // No slash before the star: EMRFS marks a folder by an object beside it, `curated_$folder$`.
  Resource: [...writtenFolders.map((folder) => `${dataArn}/${folder}*`), `${logsArn}/logs/*`],
});

/**
 * What Iceberg's catalog asks of Glue for tables that are made once and never dropped: a commit is one `UpdateTable`.
 * Sources: Apache Iceberg documentation, "Iceberg AWS Integrations", Glue Catalog; AWS Glue Developer Guide,
 * "Specifying AWS Glue resource ARNs", by which a table needs leave for its database and the catalog, too.
 */
const keepTables = (place: Place, databases: readonly string[]): Statement => ({
  Sid: "KeepTables",
  Effect: "Allow",
  Action: ["glue:CreateTable", "glue:GetDatabase", "glue:GetTable", "glue:UpdateTable"],
  Resource: [arnOf(place, "glue", "catalog"), ...databases.flatMap((name) => databaseArns(place, name))],
});

/** What a job may do wherever it runs: this platform's buckets, tables and key, nothing else. */
function useLake(place: Place, lake: LakeNames): Statement[] {
  const [data, artifacts, logs] = [lake.dataBucket, lake.artifactsBucket, lake.logsBucket].map((name) =>
    bucketArnOf(place, name),
  ) as [string, string, string];
  const archive = lake.certificateArchive === undefined ? [] : [`${artifacts}/${lake.certificateArchive}`];
  return [
    listBuckets([data, artifacts, logs]),
    readObjects(place, data, [`${artifacts}/${layout.release.jobs.name}/*`, ...archive]),
    writeObjects(data, logs),
    keepTables(place, lake.databases),
    useKey(lake.keyArn),
  ];
}

/**
 * What a job may do on the cluster's instances.
 * Source: Amazon EMR Management Guide, "Service role for cluster EC2 instances (EC2 instance profile)", minimal policy.
 */
export function emrInstancePolicy(place: Place, lake: LakeNames): string {
  return policyDocument(...useLake(place, lake));
}

/**
 * What a job may do on EMR Serverless: the same, and writing its own log to CloudWatch, which an instance leaves to EMR.
 * Source: Amazon EMR Serverless User Guide, "Job runtime roles" and "Logging for EMR Serverless with CloudWatch".
 */
export function serverlessJobPolicy(
  place: Place,
  lake: LakeNames,
  logGroup: { readonly name: string },
): string {
  const group = arnOf(place, "logs", `log-group:${logGroup.name}`);
  return policyDocument(
    ...useLake(place, lake),
    {
      // IAM knows no resource for this action. Source: Service Authorization Reference, Amazon CloudWatch Logs.
      Sid: "FindLogGroup",
      Effect: "Allow",
      Action: "logs:DescribeLogGroups",
      Resource: "*",
    },
    {
      Sid: "WriteLog",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [group, `${group}:*`],
    },
  );
}
