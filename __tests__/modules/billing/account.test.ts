import { CostAllocation } from "../../../modules/billing/cost-allocation";
import { CostAnomalies } from "../../../modules/billing/cost-anomalies";
import { Trail } from "../../../modules/cloudtrail/trail";
import { AssumedRole } from "../../../modules/iam/assumed-role";
import { GithubAccess, type GithubAccessProps } from "../../../modules/iam/github-access";
import { only, ref, resources, synthesizeModule } from "../../stacks/synthesis";

const place = { region: "eu-north-1", accountId: "111111111111" };

describe("a role that is assumed", () => {
  const json = synthesizeModule((stack) => {
    new AssumedRole(stack, "auditor", {
      name: "x-auditor",
      description: "test",
      trust: "{}",
      policies: { see_events: "[]" },
      managed: { security_audit: "arn:audit" },
      sessionHours: 2,
      path: "/ci/",
    });
  });

  test("lasts as long as it is told to, under its path", () => {
    expect(only(json, "aws_iam_role")).toEqual({
      name: "x-auditor",
      path: "/ci/",
      assume_role_policy: "{}",
      max_session_duration: 7200,
      description: "test",
    });
  });

  test("has its own policies and AWS's", () => {
    expect(only(json, "aws_iam_policy")).toMatchObject({
      name: "x-auditor-see-events",
      path: "/ci/",
      policy: "[]",
    });
    const role = ref("aws_iam_role.auditor.name");
    expect(resources(json, "aws_iam_role_policy_attachment", 2)).toEqual({
      auditor_see_events: { role, policy_arn: ref("aws_iam_policy.auditor_see_events.arn") },
      auditor_security_audit: { role, policy_arn: "arn:audit" },
    });
  });
});

describe("access from GitHub", () => {
  const own = { project: "x", environment: "dev", place };
  const deployed = { own, branch: "main", boundaryArns: ["arn:boundary"] };
  const access = (changes: Partial<GithubAccessProps> = {}) =>
    synthesizeModule((stack) => {
      new GithubAccess(stack, "ci", {
        repository: { name: "org/repo" },
        environments: [deployed],
        stateBucket: "states",
        project: "x",
        createProvider: true,
        ...changes,
      });
    });

  test("knows GitHub by its issuer, without a thumbprint", () => {
    expect(only(access(), "aws_iam_openid_connect_provider")).toEqual({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
    });
  });

  test("has a role that plans and one per environment that applies, where they cannot change themselves", () => {
    const test: GithubAccessProps["environments"][number] = {
      ...deployed,
      own: { ...own, environment: "test" },
      branch: "next",
    };
    const roles = resources(access({ environments: [deployed, test] }), "aws_iam_role", 3);
    expect(
      Object.values(roles).map(({ name, path, max_session_duration }) => [name, path, max_session_duration]),
    ).toEqual([
      ["x-ci-apply-dev", "/ci/", 7200],
      ["x-ci-apply-test", "/ci/", 7200],
      ["x-ci-plan", "/ci/", 3600],
    ]);
    for (const { depends_on } of Object.values(roles)) {
      expect(depends_on).toEqual(["aws_iam_openid_connect_provider.ci"]);
    }
    expect(roles.ci_apply_test.assume_role_policy).toContain("refs/heads/next");
  });

  test("uses the provider that is there", () => {
    const json = access({ createProvider: false });
    resources(json, "aws_iam_openid_connect_provider", 0);
    expect(resources(json, "aws_iam_role", 2).ci_plan.depends_on).toBeUndefined();
  });
});

describe("the trail", () => {
  const json = synthesizeModule((stack) => {
    new Trail(stack, "trail", {
      name: "x-account",
      bucketName: "x-cloudtrail",
      keyAlias: "x-cloudtrail",
      place,
      expireAfter: 400,
      watchedBuckets: ["states", "code"],
      writtenBuckets: ["data"],
      managementEvents: true,
    });
  });

  test("covers every region, is signed, and under its own key", () => {
    expect(only(json, "aws_cloudtrail")).toMatchObject({
      name: "x-account",
      is_multi_region_trail: true,
      include_global_service_events: true,
      enable_log_file_validation: true,
      kms_key_id: ref("aws_kms_key.trail_key.arn"),
      s3_bucket_name: ref("aws_s3_bucket.trail_records.id"),
      depends_on: ["aws_s3_bucket_policy.trail_records"],
    });
    expect(only(json, "aws_kms_key").enable_key_rotation).toBe(true);
  });

  test("records changes, and what is done to objects of the named buckets", () => {
    const [changes, objects, writes, ...others] = only(json, "aws_cloudtrail").advanced_event_selector;
    expect(others).toEqual([]);
    expect(changes.field_selector).toEqual([{ field: "eventCategory", equals: ["Management"] }]);
    expect(objects.field_selector).toEqual([
      { field: "eventCategory", equals: ["Data"] },
      { field: "resources.type", equals: ["AWS::S3::Object"] },
      { field: "resources.ARN", starts_with: ["arn:aws:s3:::states/", "arn:aws:s3:::code/"] },
    ]);
    expect(writes.field_selector).toEqual([
      { field: "eventCategory", equals: ["Data"] },
      { field: "resources.type", equals: ["AWS::S3::Object"] },
      { field: "resources.ARN", starts_with: ["arn:aws:s3:::data/"] },
      { field: "readOnly", equals: ["false"] },
    ]);
  });

  test("keeps its records as long as it is told to", () => {
    const { rule } = only(json, "aws_s3_bucket_lifecycle_configuration");
    expect(rule[0]).toMatchObject({ id: "records", expiration: [{ days: 400 }] });
    expect(only(json, "aws_s3_bucket").force_destroy).toBe(false);
  });
});

describe("unusual costs", () => {
  const costs = (monitorArn?: string) =>
    synthesizeModule((stack) => {
      const emails = ["a@example.com", "b@example.com"];
      new CostAnomalies(stack, "costs", {
        name: "x",
        emails,
        threshold: 50,
        ...(monitorArn ? { monitorArn } : {}),
      });
    });

  test("are watched by service, and mailed above the threshold", () => {
    expect(only(costs(), "aws_ce_anomaly_monitor")).toEqual({
      name: "x-services",
      monitor_type: "DIMENSIONAL",
      monitor_dimension: "SERVICE",
    });
    expect(only(costs(), "aws_ce_anomaly_subscription")).toMatchObject({
      frequency: "DAILY",
      monitor_arn_list: [ref("aws_ce_anomaly_monitor.costs.arn")],
      subscriber: [
        { type: "EMAIL", address: "a@example.com" },
        { type: "EMAIL", address: "b@example.com" },
      ],
      threshold_expression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          match_options: ["GREATER_THAN_OR_EQUAL"],
          values: ["50"],
        },
      },
    });
  });

  test("are watched by the monitor that is there", () => {
    resources(costs("arn:monitor"), "aws_ce_anomaly_monitor", 0);
    expect(only(costs("arn:monitor"), "aws_ce_anomaly_subscription").monitor_arn_list).toEqual([
      "arn:monitor",
    ]);
  });
});

test("bills are divided by the tags that are named", () => {
  const json = synthesizeModule((stack) => {
    new CostAllocation(stack, "cost_allocation", { keys: ["cost_centre", "project"] });
  });
  expect(resources(json, "aws_ce_cost_allocation_tag", 2)).toEqual({
    cost_allocation_cost_centre: { tag_key: "cost_centre", status: "Active" },
    cost_allocation_project: { tag_key: "project", status: "Active" },
  });
});
