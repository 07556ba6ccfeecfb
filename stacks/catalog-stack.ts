import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../config";
import { AthenaWorkgroup, type NamedQuery } from "../modules/athena-workgroup";
import { type GlueColumn, GlueDatabase, type GlueTable } from "../modules/glue-database";
import { EnvironmentStack } from "./environment-stack";
import type { LakeStack } from "./lake-stack";
import { Upstream } from "./upstream";

/** A table as its contract describes it. */
export interface CatalogTable {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly columns: readonly CatalogColumn[];
}

export interface CatalogColumn {
  readonly name: string;
  /** Name in the raw files, and in quarantine. */
  readonly physicalName: string;
  readonly type: string;
  readonly description: string;
  readonly personal: boolean;
}

/** What the catalog is made of: nothing in it depends on the environment. */
export interface Catalog {
  readonly datasets: readonly CatalogTable[];
  readonly marts: readonly CatalogTable[];
  /** SQL over the marts, by name. */
  readonly queries: Readonly<Record<string, string>>;
}

/**
 * The tables as Athena sees them, from the contracts that the jobs work by. Curated tables and marts are read by the
 * manifests of what is published, so that a query sees the snapshot before or after a run and nothing between.
 */
export class CatalogStack extends EnvironmentStack<"catalog"> {
  private readonly bucket: string;

  constructor(scope: Construct, config: EnvironmentConfig, lakeStack: LakeStack, catalog: Catalog) {
    super(scope, "catalog", config);
    const lake = new Upstream(this, lakeStack);
    this.bucket = lake.text("data_bucket");
    const { datasets } = catalog;
    const curated = this.database("curated", "Tables as published", datasets, (table) =>
      this.published(table),
    );
    const marts = this.database("marts", "Marts as published", catalog.marts, (table) =>
      this.published(table),
    );
    const quarantine = this.database("quarantine", "Refused rows of every run", datasets, (table) =>
      this.quarantined(table),
    );
    const workgroup = new AthenaWorkgroup(this, "athena", {
      name: this.names.prefix,
      description: `Queries over the tables of ${this.names.prefix}`,
      forceDestroy: config.lake.force_destroy,
      bytesScannedCutoff: config.catalog.query_scan_limit_gb * 1_000_000_000,
      results: {
        bucket: lake.text("query_results_bucket"),
        owner: config.account_id,
        keyArn: lake.text("data_kms_key_arn"),
      },
      queries: namedQueries(catalog.queries, marts.database.name),
    }).workgroup;
    this.publish({
      curated_database: curated.database.name,
      marts_database: marts.database.name,
      quarantine_database: quarantine.database.name,
      athena_workgroup: workgroup.name,
    });
  }

  private database(
    zone: string,
    description: string,
    tables: readonly CatalogTable[],
    place: (table: CatalogTable) => Pick<GlueTable, "columns" | "holds" | "location">,
  ): GlueDatabase {
    const entries = tables.map((table) => {
      const { name, description, version: contractVersion } = table;
      return [name, { description, contractVersion, ...place(table) }] as const;
    });
    return new GlueDatabase(this, zone, {
      name: `${this.names.prefix}-${zone}`.replaceAll("-", "_"),
      description: `${description} in ${this.names.prefix}`,
      tables: Object.fromEntries(entries),
    });
  }

  private published({ name, columns }: CatalogTable): Pick<GlueTable, "columns" | "holds" | "location"> {
    return {
      columns: columns.map((column) => ({ ...commented(column), name: column.name, type: column.type })),
      location: `s3://${this.bucket}/published/manifests/${name}/`,
      holds: "manifests",
    };
  }

  /** Rows that no run ever changes again, so that all of them can be read from where they lie. */
  private quarantined({ name, columns }: CatalogTable): Pick<GlueTable, "columns" | "holds" | "location"> {
    const texts = columns.map((column) => ({
      ...commented(column),
      name: column.name,
      type: "string",
    }));
    return {
      columns: [...texts, ...addedInQuarantine],
      location: `s3://${this.bucket}/quarantine/${name}/`,
      holds: "files",
    };
  }
}

/** What ingest adds to a row that it refuses. A line that could not be cut may hold anything about a person. */
const addedInQuarantine: readonly GlueColumn[] = [
  {
    name: "_line",
    type: "string",
    comment: "The whole line, where it could not be cut into columns.",
    personal: true,
  },
  { name: "_source_file", type: "string", comment: "Name of the raw file." },
  { name: "_reasons", type: "array<string>", comment: "Every reason against the row, as <column>.<rule>." },
];

function commented({ description, personal }: CatalogColumn): Pick<GlueColumn, "comment" | "personal"> {
  return { comment: description, personal };
}

function namedQueries(
  queries: Readonly<Record<string, string>>,
  database: string,
): Record<string, NamedQuery> {
  return Object.fromEntries(Object.entries(queries).map(([name, sql]) => [name, { sql, database }]));
}
