import type { Finding } from "../../review/change";
import { compareStack } from "../../review/compare/stacks";
import { nameStack } from "../../review/read";
import { type Block, pick, ref } from "../stacks/synthesis";
import { at, changesBy, synthesized } from "./synthesized";

/** The findings about one resource whose body changes from one text to another. */
function findingsOn(stack: string, address: string, before: Block, after: Block): readonly Finding[] {
  const [base, head] = [before, after].map((values) => {
    const json = structuredClone(pick(synthesized, stack));
    Object.assign(at(json, address), values);
    return nameStack(stack, json);
  });
  const { changes } = compareStack(base, head);
  return changes.find((change) => change.address === address)?.findings ?? [];
}

const risks = (findings: readonly Finding[]): string[] =>
  findings.filter(({ risk }) => risk).map(({ sentence }) => sentence);

const parameters = (...items: readonly (readonly [string, string])[]): Block => ({
  parameter: items.map(([name, value]) => ({ name, value })),
});

test("metrics of the database that are switched off are reduced, and not also extended", () => {
  const store = ["prod-metadata", "aws_db_instance.store"] as const;
  const off = findingsOn(...store, { monitoring_interval: 60 }, { monitoring_interval: 0 });
  expect(off.map(({ risk }) => risk)).toEqual([true]);
  expect(risks(findingsOn(...store, { monitoring_interval: 0 }, { monitoring_interval: 60 }))).toEqual([]);
  expect(risks(findingsOn(...store, { monitoring_interval: 30 }, { monitoring_interval: 60 }))).toHaveLength(
    1,
  );
});

test("a library that the database loads in addition extends nothing, and one that goes is a risk", () => {
  const group = ["prod-metadata", "aws_db_parameter_group.store"] as const;
  const audit = parameters(["shared_preload_libraries", "pgaudit"], ["work_mem", "1"]);
  const none = parameters(["work_mem", "1"]);
  expect(findingsOn(...group, none, audit)).toEqual([]);
  expect(risks(findingsOn(...group, audit, none))).toHaveLength(1);
});

test("a duration below which statements are not logged is none below 0", () => {
  const group = ["prod-metadata", "aws_db_parameter_group.store"] as const;
  const durations = ["1000", "-1"].map((value) => parameters(["log_min_duration_statement", value]));
  expect(risks(findingsOn(...group, durations[0], durations[1]))).toHaveLength(1);
  expect(risks(findingsOn(...group, durations[1], durations[0]))).toEqual([]);
});

test("a level counts as INFO when it is not set", () => {
  const airflow = ["prod-orchestration", "aws_mwaa_environment.airflow"] as const;
  const level = (value?: string): Block => ({
    airflow_configuration_options: value === undefined ? {} : { "logging.logging_level": value },
  });
  expect(findingsOn(...airflow, level(), level("INFO"))).toEqual([]);
  expect(risks(findingsOn(...airflow, level("DEBUG"), level()))).toHaveLength(1);
  expect(risks(findingsOn(...airflow, level("ERROR"), level()))).toEqual([]);
});

test.each([
  ["Enabled", 1],
  ["Hidden", 1],
  ["Disabled", 0],
])("testing connections of Airflow that is %s is %d risks", (value, count) => {
  const options = { airflow_configuration_options: { "core.test_connection": value } };
  const airflow = ["prod-orchestration", "aws_mwaa_environment.airflow"] as const;
  expect(risks(findingsOn(...airflow, { airflow_configuration_options: {} }, options))).toHaveLength(count);
});

test("a permissions boundary that is replaced or dropped is a risk", () => {
  const role = ["prod-people", "aws_iam_role.people_operator"] as const;
  const narrow = { permissions_boundary: "arn:aws:iam::222222222222:policy/narrow" };
  const wide = { permissions_boundary: "arn:aws:iam::222222222222:policy/wide" };
  expect(risks(findingsOn(...role, narrow, wide))).toHaveLength(1);
  expect(risks(findingsOn(...role, narrow, {}))).toHaveLength(1);
  expect(risks(findingsOn(...role, {}, narrow))).toHaveLength(1);
  expect(risks(findingsOn(...role, { permissions_boundary: null }, narrow))).toEqual([]);
});

test.each([{}, []])("an empty for_each destroys what is there: %j", (value) => {
  const found = findingsOn("prod-lake", "aws_s3_bucket.data", {}, { for_each: value });
  expect(risks(found).join()).toContain("for_each is empty instead of not set");
});

test("sentences name what is affected", () => {
  const ignored = findingsOn("prod-lake", "aws_s3_bucket.data", {}, { lifecycle: { ignore_changes: "all" } });
  expect(risks(ignored)).toContain(
    "Drift is no longer seen: lifecycle.ignore_changes is all instead of nothing.",
  );
  const association = ["prod-network", "aws_route_table_association.subnets_database_a"] as const;
  const table = { route_table_id: ref("aws_route_table.subnets_public.id") };
  expect(risks(findingsOn(...association, {}, table))).toContain(
    "The subnet aws_subnet.subnets_database_a.id is reachable from the internet.",
  );
  const found = changesBy("prod-lake", (json) => delete json.provider.aws[0].allowed_account_ids);
  expect(found.flatMap(({ findings }) => risks(findings))).toEqual([
    "Terraform may act in any account: allowed_account_ids is not set.",
  ]);
});
