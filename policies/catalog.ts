import { arnOf, bucketArnOf, type Place } from "./arn";
import { useKey } from "./kms";
import { domainOf } from "./partition";
import { policyDocument, type Statement } from "./statement";

/** What the statements of a reader of tables name. */
export interface CatalogNames {
  readonly workgroup: string;
  /** The Glue databases that may be read. */
  readonly databases: readonly string[];
  readonly dataBucket: string;
  /** Folders of the data bucket that hold what the databases' tables read, `marts` for example. */
  readonly folders: readonly string[];
  readonly resultsBucket: string;
  readonly keyArn: string;
}

/**
 * What it takes to query tables in one workgroup and read what it finds.
 * Source: Amazon Athena User Guide, "Identity and access management in Athena", access through workgroups.
 */
export function queryTables(place: Place, names: CatalogNames): string {
  return policyDocument(
    inWorkgroup(place, names),
    findWorkgroups,
    seeTables(place, names),
    ...readFiles(place, names),
    useKey(names.keyArn, [`s3.${place.region}.${domainOf(place.region)}`]),
  );
}

/** A database and all its tables. */
export function databaseArns(place: Place, name: string): string[] {
  return [arnOf(place, "glue", `database/${name}`), arnOf(place, "glue", `table/${name}/*`)];
}

const inWorkgroup = (place: Place, { workgroup }: CatalogNames): Statement => ({
  Sid: "QueryInWorkgroup",
  Effect: "Allow",
  Action: [
    "athena:BatchGetNamedQuery",
    "athena:BatchGetQueryExecution",
    "athena:GetNamedQuery",
    "athena:GetQueryExecution",
    "athena:GetQueryResults",
    "athena:GetQueryResultsStream",
    "athena:GetWorkGroup",
    "athena:ListNamedQueries",
    "athena:ListQueryExecutions",
    "athena:StartQueryExecution",
    "athena:StopQueryExecution",
  ],
  Resource: arnOf(place, "athena", `workgroup/${workgroup}`),
});

/** The console's list of workgroups, which knows no resource. */
const findWorkgroups: Statement = {
  Sid: "FindWorkgroups",
  Effect: "Allow",
  Action: "athena:ListWorkGroups",
  Resource: "*",
};

/**
 * Reading a table needs leave for the catalog and the database it is in, too, and Athena looks for `default` before any
 * query.
 * Sources: AWS Glue Developer Guide, "Specifying AWS Glue resource ARNs"; Amazon Athena User Guide, "Configure access to
 * databases and tables in the AWS Glue Data Catalog".
 */
const seeTables = (place: Place, { databases }: CatalogNames): Statement => ({
  Sid: "SeeTables",
  Effect: "Allow",
  Action: ["glue:GetDatabase", "glue:GetDatabases", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"],
  Resource: [
    arnOf(place, "glue", "catalog"),
    arnOf(place, "glue", "database/default"),
    ...databases.flatMap((name) => databaseArns(place, name)),
  ],
});

const readFiles = (place: Place, names: CatalogNames): Statement[] => {
  const data = bucketArnOf(place, names.dataBucket);
  const results = bucketArnOf(place, names.resultsBucket);
  return [
    {
      Sid: "ListTables",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: data,
      Condition: { StringLike: { "s3:prefix": names.folders.map((folder) => `${folder}/*`) } },
    },
    {
      Sid: "ReadTables",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: names.folders.map((folder) => `${data}/${folder}/*`),
    },
    {
      Sid: "FindBuckets",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
      Resource: [data, results],
    },
    {
      Sid: "KeepResults",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
      Resource: `${results}/results/*`,
    },
  ];
};
