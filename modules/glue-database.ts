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

/** A table whose data is Parquet. */
export interface GlueTable {
  readonly description: string;
  /** Version of the contract, as a parameter of the table. */
  readonly contractVersion: string;
  readonly columns: readonly GlueColumn[];
  /** URI of the folder, with a slash at its end. */
  readonly location: string;
  /** What is in the folder: the data, or manifests that list it. */
  readonly holds: "files" | "manifests";
}

export interface GlueDatabaseProps {
  readonly name: string;
  readonly description: string;
  /** By name. */
  readonly tables: Readonly<Record<string, GlueTable>>;
}

const parquet = "org.apache.hadoop.hive.ql.io.parquet";

/**
 * How a table's folder is read. A manifest lists one file a line, so that what is read does not depend on what else
 * lies beside the files; Athena reads such tables and never writes them.
 * Source: Amazon S3 User Guide, "Querying Amazon S3 Inventory with Amazon Athena", whose tables are read the same way.
 */
const formats = {
  files: {
    inputFormat: `${parquet}.MapredParquetInputFormat`,
    outputFormat: `${parquet}.MapredParquetOutputFormat`,
  },
  manifests: {
    inputFormat: "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
  },
};

/** A database of the Glue catalog and its tables, all over Parquet; it holds no data, so it can be made again. */
export class GlueDatabase extends Construct {
  readonly database: GlueCatalogDatabase;
  readonly tables: readonly GlueCatalogTable[];

  constructor(scope: Construct, id: string, props: GlueDatabaseProps) {
    super(scope, id);
    this.database = new GlueCatalogDatabase(this, "glue_catalog_database", {
      name: props.name,
      description: props.description,
    });
    this.tables = Object.entries(props.tables).map(([name, table]) => this.table(name, table));
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
        ...formats[table.holds],
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
