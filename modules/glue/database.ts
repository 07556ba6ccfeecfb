import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import { Construct } from "constructs";

/** A column as the catalog has it. */
export interface GlueColumn {
  readonly name: string;
  /** Hive type, `decimal(12,2)`. */
  readonly type: string;
  /** @default no comment */
  readonly comment?: string;
  /**
   * Whether it identifies a person: the column's parameter `personal_data`.
   * @default false
   */
  readonly personal?: boolean;
}

/** A table over the Parquet files of a folder. */
export interface GlueTable {
  readonly description: string;
  /** Version of the contract, as a parameter of the table. */
  readonly contractVersion: string;
  readonly columns: readonly GlueColumn[];
  /** URI of the folder, with a slash at its end. */
  readonly location: string;
}

export interface GlueDatabaseProps {
  readonly name: string;
  readonly description: string;
  /**
   * URI of the folder in which jobs make tables of their own, one folder each. Such a database cannot be destroyed: its
   * tables' pointers to their data would go with it.
   * @default no job makes tables here
   */
  readonly madeByJobsIn?: string;
  /** By name. @default none that Terraform makes */
  readonly tables?: Readonly<Record<string, GlueTable>>;
}

const parquet = "org.apache.hadoop.hive.ql.io.parquet";

/**
 * A database of the Glue catalog: of tables over folders of Parquet files, which Terraform makes, or of Iceberg tables,
 * which jobs make. Terraform could not say how an Iceberg table is partitioned, and what it changed later would reach the
 * catalog and not the table: `UpdateTable` writes no Iceberg metadata.
 * Sources: AWS Glue Web API Reference, "IcebergInput" and "DeleteDatabase"; hashicorp/terraform-provider-aws, issues 36531
 * and 36641.
 */
export class GlueDatabase extends Construct {
  readonly database: GlueCatalogDatabase;
  readonly tables: readonly GlueCatalogTable[];

  constructor(scope: Construct, id: string, props: GlueDatabaseProps) {
    super(scope, id);
    const { name, description, madeByJobsIn, tables = {} } = props;
    this.database = new GlueCatalogDatabase(this, "glue_catalog_database", {
      name,
      description,
      ...(madeByJobsIn === undefined
        ? {}
        : { locationUri: madeByJobsIn, lifecycle: { preventDestroy: true } }),
    });
    this.tables = Object.entries(tables).map(([table, described]) => this.table(table, described));
  }

  get id(): string {
    return this.database.id;
  }

  get arn(): string {
    return this.database.arn;
  }

  get name(): string {
    return this.database.name;
  }

  private table(name: string, table: GlueTable): GlueCatalogTable {
    return new GlueCatalogTable(this, name, {
      databaseName: this.database.name,
      name,
      description: table.description,
      tableType: "EXTERNAL_TABLE",
      parameters: { EXTERNAL: "TRUE", classification: "parquet", contract_version: table.contractVersion },
      storageDescriptor: {
        location: table.location,
        inputFormat: `${parquet}.MapredParquetInputFormat`,
        outputFormat: `${parquet}.MapredParquetOutputFormat`,
        serDeInfo: { serializationLibrary: `${parquet}.serde.ParquetHiveSerDe` },
        columns: table.columns.map(({ name, type, comment, personal }) => ({
          name,
          type,
          ...(comment ? { comment } : {}),
          ...(personal ? { parameters: { personal_data: "true" } } : {}),
        })),
      },
    });
  }
}
