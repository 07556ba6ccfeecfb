import { dev, prod } from "../environments";
import { only, pick, ref, resources, stacksOf } from "../synthesis";

const stacks = stacksOf([dev, prod]);
const lake = pick(stacks, "dev-lake");
const few = stacksOf([
  { ...dev, lake: { ...dev.lake, lifecycle: { ...dev.lake.lifecycle, noncurrent_expire_days: 5 } } },
]);
const names = ["access_logs", "artifacts", "athena", "data", "logs"];

test("its buckets have names that the account makes their own", () => {
  const buckets = resources(lake, "aws_s3_bucket", 5);
  expect(names.map((name) => buckets[name].bucket)).toEqual([
    "big-data-dev-access-logs-111111111111",
    "big-data-dev-artifacts-111111111111",
    "big-data-dev-athena-111111111111",
    "big-data-dev-data-111111111111",
    "big-data-dev-logs-111111111111",
  ]);
});

test("all are encrypted with its key, but for access logs, which S3 only writes under its own", () => {
  const found = resources(lake, "aws_s3_bucket_server_side_encryption_configuration", 5);
  const keyOf = (name: string) =>
    found[name].rule[0].apply_server_side_encryption_by_default.kms_master_key_id;
  const key = ref("aws_kms_key.lake.arn");
  expect(names.map(keyOf)).toEqual([undefined, key, key, key, key]);
});

test("data, artifacts and results refuse other keys; all refuse plain HTTP; access logs admit S3's log delivery", () => {
  const policies = resources(lake, "aws_s3_bucket_policy", 5);
  const sidsOf = (name: string) =>
    JSON.parse(policies[name].policy).Statement.map((statement: { Sid: string }) => statement.Sid);
  expect(names.map(sidsOf)).toEqual([
    ["DenyPlainHttp", "AllowLogDelivery"],
    ["DenyPlainHttp", "DenyOtherEncryption", "DenyOtherKeys"],
    ["DenyPlainHttp", "DenyOtherEncryption", "DenyOtherKeys"],
    ["DenyPlainHttp", "DenyOtherEncryption", "DenyOtherKeys"],
    ["DenyPlainHttp"],
  ]);
});

test("access to all of them is logged, but not to the logs of it", () => {
  const logging = resources(lake, "aws_s3_bucket_logging", 4);
  for (const { target_bucket } of Object.values(logging)) {
    expect(target_bucket).toBe(ref("aws_s3_bucket.access_logs.id"));
  }
  expect(Object.keys(logging)).toEqual(["artifacts", "athena", "data", "logs"]);
});

test("they are kept as long as the configuration says", () => {
  const rules = resources(lake, "aws_s3_bucket_lifecycle_configuration", 5);
  const days = (bucket: string) =>
    Object.fromEntries(
      rules[bucket].rule.map((rule: { id: string; expiration?: { days?: number }[] }) => [
        rule.id,
        rule.expiration?.[0]?.days,
      ]),
    );
  expect(days("data")).toMatchObject({ staged: 7, quarantine: 91, raw: undefined, curated: undefined });
  expect(rules.data.rule.filter(({ id }: { id: string }) => id === "quarantine")).toEqual([
    expect.objectContaining({ noncurrent_version_expiration: [{ noncurrent_days: 1 }] }),
  ]);
  expect(days("logs")).toMatchObject({ logs: 32 });
  expect(days("access_logs")).toMatchObject({ "access-logs": 32 });
  expect(days("athena")).toMatchObject({ results: 15 });
  for (const [name, { rule }] of Object.entries(rules)) {
    const noncurrent_days = name === "athena" ? 1 : 31;
    expect(rule).toContainEqual(
      expect.objectContaining({ noncurrent_version_expiration: [{ noncurrent_days }] }),
    );
  }
});

test("only raw data moves to cheaper classes, and files that tables no longer need go early", () => {
  const rulesOf = (stack: typeof lake) =>
    resources(stack, "aws_s3_bucket_lifecycle_configuration", 5).data.rule as {
      id: string;
      transition?: unknown;
      noncurrent_version_expiration?: unknown;
    }[];
  const moved = rulesOf(lake).filter(({ transition }) => transition !== undefined);
  expect(moved.map(({ id }) => id)).toEqual(["raw"]);
  for (const [stack, noncurrent_days] of [
    [lake, 13],
    [pick(few, "dev-lake"), 5],
  ] as const) {
    const tables = rulesOf(stack).filter(({ id }) => id === "curated" || id === "marts");
    expect(tables).toHaveLength(2);
    for (const rule of tables) expect(rule.noncurrent_version_expiration).toEqual([{ noncurrent_days }]);
  }
});

test("its key serves the log groups of the environment's Airflow, by the name that Airflow has", () => {
  const orchestration = pick(stacks, "dev-orchestration");
  const { name } = only(orchestration, "aws_mwaa_environment");
  const { policy } = only(lake, "aws_kms_key");
  expect(policy).toContain(`log-group:airflow-${name}-*`);
  for (const group of Object.values(resources(orchestration, "aws_cloudwatch_log_group", 5))) {
    expect(group.name).toMatch(new RegExp(`^airflow-${name}-`));
  }
});
