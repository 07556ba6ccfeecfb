import type { Construct } from "constructs";
import type { CompiledContract } from "../../contracts/compiler";
import { layout, prefixOf, quarantineColumns, type ZoneName } from "../../contracts/layout";
import { AthenaWorkgroup, type NamedQuery } from "../../modules/athena/workgroup";
import { type GlueColumn, GlueDatabase } from "../../modules/glue/database";
import { EnvironmentStack, type EnvironmentStackProps } from "../core/environment-stack";
import { databasePrefixOf, workgroupOf } from "../core/names";
import { type Publisher, Upstream } from "../core/upstream";
import type { lakeFacts } from "../lake/facts";
import { catalogFacts } from "./facts";

/** What the catalog is made of: nothing in it depends on the environment. */
export interface Catalog {
  readonly datasets: readonly CompiledContract[];
  /** SQL over the marts, by name. */
  readonly queries: Readonly<Record<string, string>>;
}

export interface CatalogStackProps extends EnvironmentStackProps {
  readonly lake: Publisher<typeof lakeFacts>;
  /** What the contracts describe. */
  readonly tables: Catalog;
}

/**
 * Where Athena finds tables. Those of curated data and marts are Iceberg tables, which the jobs make of the contracts and
 * keep; here are their databases. Refused rows lie in folders, as tables of Terraform's.
 */
export class CatalogStack extends EnvironmentStack<typeof catalogFacts> {
  private readonly bucket: string;
  private readonly databasePrefix: string;

  constructor(scope: Construct, { config, tables, ...upstream }: CatalogStackProps) {
    super(scope, catalogFacts, config);
    const lake = new Upstream(this, upstream.lake);
    this.bucket = lake.text("data_bucket");
    this.databasePrefix = databasePrefixOf(this.names);
    const curated = this.madeByJobs("curated", "Tables as published");
    const marts = this.madeByJobs("marts", "Marts as published");
    const quarantine = this.quarantine(tables.datasets);
    const workgroup = new AthenaWorkgroup(this, "athena", {
      name: workgroupOf(this.names),
      description: `Queries over the tables of ${this.names.prefix}`,
      forceDestroy: config.lake.force_destroy,
      bytesScannedCutoff: config.catalog.query_scan_limit_gb * 1_000_000_000,
      results: {
        bucket: lake.text("query_results_bucket"),
        owner: config.account_id,
        keyArn: lake.text("data_kms_key_arn"),
      },
      queries: namedQueries(tables.queries, marts.name),
    }).workgroup;
    this.publishFacts({
      database_prefix: this.databasePrefix,
      maintenance_days: config.catalog.maintenance_days,
      // The pointer names snapshots: what brings an old version of it back must find them.
      kept_days: config.lake.lifecycle.noncurrent_expire_days,
      curated_database: curated.name,
      marts_database: marts.name,
      quarantine_database: quarantine.name,
      athena_workgroup: workgroup.name,
    });
  }

  private madeByJobs(zone: "curated" | "marts", description: string): GlueDatabase {
    return new GlueDatabase(this, zone, {
      ...this.naming(zone, description),
      madeByJobsIn: `s3://${this.bucket}/${layout.zones[zone].folder}`,
    });
  }

  /** Rows that no run ever changes again, so that all of them can be read from where they lie. */
  private quarantine(datasets: readonly CompiledContract[]): GlueDatabase {
    const tables = datasets.map(({ name, description, version: contractVersion, columns }) => {
      const raw = columns.filter(({ derived }) => derived === null);
      const texts = raw.map(({ physical_name: name, description: comment, personal }) => {
        return { name, type: "string", comment, personal };
      });
      const location = `s3://${this.bucket}/${prefixOf("quarantine")}${name}/`;
      return [
        name,
        { description, contractVersion, location, columns: [...texts, ...addedInQuarantine] },
      ] as const;
    });
    return new GlueDatabase(this, "quarantine", {
      ...this.naming("quarantine", "Refused rows of every run"),
      tables: Object.fromEntries(tables),
    });
  }

  private naming(
    zone: ZoneName,
    description: string,
  ): { readonly name: string; readonly description: string } {
    return {
      name: `${this.databasePrefix}${layout.zones[zone].folder}`,
      description: `${description} in ${this.names.prefix}`,
    };
  }
}

/** Columns that ingest adds to a row that it refuses. */
const addedInQuarantine: readonly GlueColumn[] = quarantineColumns.map(
  ({ name, type, comment, personal }) => ({ name, type, comment, personal }),
);

function namedQueries(
  queries: Readonly<Record<string, string>>,
  database: string,
): Record<string, NamedQuery> {
  return Object.fromEntries(Object.entries(queries).map(([name, sql]) => [name, { sql, database }]));
}
