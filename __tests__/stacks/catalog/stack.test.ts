import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileContracts } from "../../../contracts/compiler";
import { dev, prod, variant } from "../environments";
import { type Block, only, pick, ref, resources, stacksOf } from "../synthesis";

const root = join(__dirname, "..", "..", "..");
const contracts = compileContracts(join(root, "contracts"), root).datasets;
const datasets = contracts.filter(({ has_files }) => has_files);
const stacks = stacksOf([dev, prod]);
const catalog = pick(stacks, "dev-catalog");
const tables = resources(catalog, "aws_glue_catalog_table", datasets.length);
const dataBucket = ref("data.terraform_remote_state.lake.outputs.data_bucket");

test("a dataset that arrives as a stream alone has no table", () => {
  const names = contracts.filter(({ has_files }) => !has_files).map(({ name }) => name);
  expect(names).toEqual(["web_events"]);
  expect(JSON.stringify(catalog)).not.toContain("web_events");
});

/** A table's columns as a contract would have them. */
const columnsOf = (table: Block) =>
  table.storage_descriptor.columns.map(({ name, type, comment, parameters }: Block) => ({
    name,
    type,
    description: comment ?? "",
    personal: parameters?.personal_data === "true",
  }));

/** Columns, partitions and comments of these tables are the contracts', and a run's to make: tests/dags compares them. */
test.each(["curated", "marts"])("the tables of %s are the jobs', in folders of their own", (zone) => {
  expect(resources(catalog, "aws_glue_catalog_database", 3)[zone]).toEqual({
    name: `big_data_dev_${zone}`,
    description: expect.stringMatching(/ as published in big-data-dev$/),
    location_uri: `s3://${dataBucket}/${zone}`,
    lifecycle: { prevent_destroy: true },
  });
  expect(Object.keys(tables).filter((address) => address.startsWith(zone))).toEqual([]);
});

test.each(datasets)("the quarantine of $name holds texts, the line, its file and the reasons", (contract) => {
  const table = tables[`quarantine_${contract.name}`];
  const types = columnsOf(table).map(({ name, type }: Block) => `${name} ${type}`);
  expect(types).toEqual([
    ...contract.columns
      .filter(({ derived }) => derived === null)
      .map(({ physical_name }) => `${physical_name} string`),
    "_line string",
    "_source_file string",
    "_reasons array<string>",
  ]);
  expect(table.storage_descriptor).toMatchObject({
    location: `s3://${dataBucket}/quarantine/${contract.name}/`,
    input_format: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
  });
});

test("columns that identify a person are marked, a line that could not be cut among them", () => {
  const personal = Object.entries(tables).flatMap(([address, table]) =>
    columnsOf(table)
      .filter((column: Block) => column.personal)
      .map(({ name }: Block) => `${address}.${name}`),
  );
  expect(personal.sort()).toEqual([
    "quarantine_customers._line",
    "quarantine_customers.email",
    "quarantine_customers.name",
    "quarantine_orders._line",
    "quarantine_products._line",
  ]);
});

/** Source: Amazon Athena User Guide, "Name databases, tables, and columns"; AWS Glue Web API Reference, "Column". */
test("names and comments are those that Glue and Athena take", () => {
  const hyphened = variant({ project: "a-big-project", environment: "dev-two" });
  const stack = pick(stacksOf([hyphened]), "dev-two-catalog");
  const databases = Object.values(resources(stack, "aws_glue_catalog_database", 3)).map(({ name }) => name);
  expect(databases).toEqual(
    ["curated", "marts", "quarantine"].map((zone) => `a_big_project_dev_two_${zone}`),
  );
  const columns = Object.values(tables).flatMap((table) => columnsOf(table));
  expect(columns.length).toBeGreaterThan(20);
  for (const { name, description } of columns) {
    expect(name).toMatch(/^[a-z_][a-z0-9_]*$/);
    expect(Buffer.byteLength(description)).toBeLessThanOrEqual(255);
    expect(description).not.toMatch(/[\r\n\t]/);
  }
});

test("the workgroup enforces where results go, their key, the limit and the engine", () => {
  const workgroup = only(catalog, "aws_athena_workgroup");
  expect(workgroup).toMatchObject({ name: "big-data-dev", force_destroy: true });
  expect(workgroup.configuration).toEqual({
    enforce_workgroup_configuration: true,
    publish_cloudwatch_metrics_enabled: true,
    bytes_scanned_cutoff_per_query: 50_000_000_000,
    engine_version: { selected_engine_version: "Athena engine version 3" },
    result_configuration: {
      output_location: `s3://${ref("data.terraform_remote_state.lake.outputs.query_results_bucket")}/results/`,
      expected_bucket_owner: "111111111111",
      encryption_configuration: {
        encryption_option: "SSE_KMS",
        kms_key_arn: ref("data.terraform_remote_state.lake.outputs.data_kms_key_arn"),
      },
    },
  });
  expect(only(pick(stacks, "prod-catalog"), "aws_athena_workgroup").force_destroy).toBe(false);
});

test("it offers the queries of the repository, over the marts", () => {
  const queries = resources(catalog, "aws_athena_named_query", 3);
  for (const [address, query] of Object.entries(queries)) {
    const name = address.replace("athena_", "");
    expect(query).toEqual({
      name,
      database: ref("aws_glue_catalog_database.marts.name"),
      workgroup: ref("aws_athena_workgroup.athena.id"),
      query: readFileSync(join(root, "contracts", "queries", `${name}.sql`), "utf8"),
    });
  }
});

test("publishes the databases, the workgroup, and what the DAGs work with", () => {
  const outputs = Object.entries(catalog.output ?? {}).map(([name, { value }]) => [name, value]);
  expect(Object.fromEntries(outputs)).toEqual({
    database_prefix: "big_data_dev_",
    maintenance_days: ["wednesday", "sunday"],
    kept_days: 31,
    curated_database: ref("aws_glue_catalog_database.curated.name"),
    marts_database: ref("aws_glue_catalog_database.marts.name"),
    quarantine_database: ref("aws_glue_catalog_database.quarantine.name"),
    athena_workgroup: ref("aws_athena_workgroup.athena.name"),
  });
});
