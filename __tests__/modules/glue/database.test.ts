import { AthenaWorkgroup } from "../../../modules/athena/workgroup";
import { GlueDatabase } from "../../../modules/glue/database";
import { only, ref, resources, synthesizeModule } from "../../stacks/synthesis";

const results = { bucket: "x-results", owner: "111111111111", keyArn: "arn:aws:kms:::key/k" };

const workgroup = synthesizeModule((stack) => {
  new AthenaWorkgroup(stack, "athena", {
    name: "x",
    description: "Queries",
    results,
    bytesScannedCutoff: 10_000_000,
    queries: { days: { sql: "select 1", database: "marts" } },
  });
});

const ofJobs = synthesizeModule((stack) => {
  new GlueDatabase(stack, "marts", {
    name: "x_marts",
    description: "Marts",
    madeByJobsIn: "s3://x-data/marts",
  });
});

const database = synthesizeModule((stack) => {
  new GlueDatabase(stack, "quarantine", {
    name: "x_quarantine",
    description: "Refused rows",
    tables: {
      days: {
        description: "One row per day.",
        contractVersion: "1.0.0",
        location: "s3://x-data/quarantine/days/",
        columns: [
          { name: "day", type: "date", comment: "Day of sale." },
          { name: "buyer", type: "string", personal: true },
        ],
      },
    },
  });
});

test("a workgroup keeps its history and enforces its settings, unless told otherwise", () => {
  const { configuration, ...rest } = only(workgroup, "aws_athena_workgroup");
  expect(rest).toEqual({ name: "x", description: "Queries", force_destroy: false });
  expect(configuration.enforce_workgroup_configuration).toBe(true);
  expect(configuration.result_configuration.expected_bucket_owner).toBe("111111111111");
});

test("its queries are in it", () => {
  expect(resources(workgroup, "aws_athena_named_query", 1)).toEqual({
    athena_days: {
      name: "days",
      database: "marts",
      query: "select 1",
      workgroup: ref("aws_athena_workgroup.athena.id"),
    },
  });
});

test("a database has its tables; a column says what it is and whether it is personal, or nothing", () => {
  expect(only(database, "aws_glue_catalog_database")).toEqual({
    name: "x_quarantine",
    description: "Refused rows",
  });
  const table = only(database, "aws_glue_catalog_table");
  expect(table).toMatchObject({
    database_name: ref("aws_glue_catalog_database.quarantine.name"),
    name: "days",
    table_type: "EXTERNAL_TABLE",
    parameters: { EXTERNAL: "TRUE", classification: "parquet", contract_version: "1.0.0" },
  });
  expect(table.storage_descriptor.columns).toEqual([
    { name: "day", type: "date", comment: "Day of sale." },
    { name: "buyer", type: "string", parameters: { personal_data: "true" } },
  ]);
});

test("a database of the jobs' tables has none of Terraform's, says where they lie, and cannot be destroyed", () => {
  expect(only(ofJobs, "aws_glue_catalog_database")).toEqual({
    name: "x_marts",
    description: "Marts",
    location_uri: "s3://x-data/marts",
    lifecycle: { prevent_destroy: true },
  });
  resources(ofJobs, "aws_glue_catalog_table", 0);
});
