import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query";
import { AthenaWorkgroup as AwsAthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup";
import { Construct } from "constructs";

/** Where a workgroup leaves what its queries find. */
export interface QueryResults {
  readonly bucket: string;
  /** Account of the bucket: results go to no bucket that somebody else made under its name. */
  readonly owner: string;
  readonly keyArn: string;
}

/** A query that the workgroup offers to everybody in it. */
export interface NamedQuery {
  /** The SQL; its first line says in a comment what it answers. */
  readonly sql: string;
  readonly database: string;
}

export interface AthenaWorkgroupProps {
  readonly name: string;
  readonly description: string;
  readonly results: QueryResults;
  /** At least 10,000,000. Source: Amazon Athena API Reference, "WorkGroupConfiguration". */
  readonly bytesScannedCutoff: number;
  /** By name. */
  readonly queries: Readonly<Record<string, NamedQuery>>;
  /**
   * Delete the workgroup along with the history of its queries; AWS refuses otherwise.
   * @default false
   */
  readonly forceDestroy?: boolean;
}

/**
 * Where people query the tables: its settings are enforced over the client's, so that results are encrypted, in one
 * bucket, and no query scans more than the limit. The engine is pinned: Athena would choose, and change, its own.
 * Source: Amazon Athena User Guide, "Override client-side settings" and "Athena engine versioning".
 */
export class AthenaWorkgroup extends Construct {
  readonly workgroup: AwsAthenaWorkgroup;
  readonly queries: readonly AthenaNamedQuery[];

  constructor(scope: Construct, id: string, props: AthenaWorkgroupProps) {
    super(scope, id);
    const { results } = props;
    this.workgroup = new AwsAthenaWorkgroup(this, "workgroup", {
      name: props.name,
      description: props.description,
      forceDestroy: props.forceDestroy ?? false,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: props.bytesScannedCutoff,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        resultConfiguration: {
          outputLocation: `s3://${results.bucket}/results/`,
          expectedBucketOwner: results.owner,
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: results.keyArn },
        },
      },
    });
    this.queries = Object.entries(props.queries).map(([name, { sql, database }]) => {
      const workgroup = this.workgroup.id;
      return new AthenaNamedQuery(this, name, { name, database, query: sql, workgroup });
    });
  }

  get id(): string {
    return this.workgroup.id;
  }

  get arn(): string {
    return this.workgroup.arn;
  }

  get name(): string {
    return this.workgroup.name;
  }
}
