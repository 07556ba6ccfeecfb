import { resolve } from "node:path";
import { loadEnvironments } from "../../../config";
import type { Statement } from "../../../policies/statement";
import { listed, statementsOf } from "../../policies/baseline/documents";
import { dev, prod, variant } from "../environments";
import { everyResource, pick, resources, type StackJson, stacksOf } from "../synthesis";

const testing = variant({ environment: "test", region: "eu-central-1" });
const stacks = stacksOf([dev, testing, prod]);
const account = pick(stacks, "bootstrap-111111111111");
const outputsOf = (json: StackJson) => Object.keys(json.output ?? {}).sort();

describe("an account", () => {
  test("admits workflows to all of its environments, and to no other account's", () => {
    expect(outputsOf(account)).toEqual([
      "ci_apply_dev_role_arn",
      "ci_apply_test_role_arn",
      "ci_plan_role_arn",
      "state_bucket",
      "trail_bucket",
    ]);
    expect(outputsOf(pick(stacks, "bootstrap-222222222222"))).toEqual([
      "ci_apply_prod_role_arn",
      "ci_plan_role_arn",
      "state_bucket",
      "trail_bucket",
    ]);
  });

  test("records all use of code and states, and writes of data; reads of data where that is asked for", () => {
    const recorded = (stack: typeof account) => {
      const [trail] = Object.values(resources(stack, "aws_cloudtrail", 1));
      type Selector = { name: string; field_selector: { starts_with?: string[] }[] };
      return Object.fromEntries(
        trail.advanced_event_selector.map(({ name, field_selector }: Selector) => [
          name,
          field_selector.flatMap(({ starts_with = [] }) => starts_with),
        ]),
      );
    };
    const code = ["dev", "test"].map((one) => `arn:aws:s3:::big-data-${one}-artifacts-111111111111/`);
    const data = ["dev", "test"].map((one) => `arn:aws:s3:::big-data-${one}-data-111111111111/`);
    const states = "arn:aws:s3:::big-data-terraform-state-111111111111/";
    expect(recorded(account)).toEqual({
      "Changes and reads of the account's configuration": [],
      "Reads and writes of objects": [states, ...code],
      "Writes of objects": data,
    });
    const trail = { ...dev.account.trail, data_reads: true, management_events: false };
    const other = stacksOf([{ ...dev, account: { ...dev.account, trail } }]);
    expect(recorded(pick(other, "bootstrap-111111111111"))).toEqual({
      "Reads and writes of objects": [states, code[0], data[0]],
    });
    const lakes = ["dev", "test"].flatMap((environment) =>
      Object.values(resources(pick(stacks, `${environment}-lake`), "aws_s3_bucket", 5)).map(
        ({ bucket }) => bucket,
      ),
    );
    expect(lakes).toEqual(
      expect.arrayContaining([...code, ...data].map((arn) => arn.slice("arn:aws:s3:::".length, -1))),
    );
  });

  test("has only what its configuration asks for", () => {
    const { ci: _, ...rest } = dev;
    const bare = pick(
      stacksOf([
        {
          ...rest,
          account: {
            spot_service_linked_role: false,
            cost_allocation_tags: false,
            cost_anomaly: { ...dev.account.cost_anomaly, emails: [] },
            trail: { ...dev.account.trail, enabled: false },
            defaults: dev.account.defaults,
          },
        },
      ]),
      "bootstrap-111111111111",
    );
    const types = new Set(everyResource(bare).map(({ type }) => type));
    expect([...types].filter((type) => !type.startsWith("aws_s3_bucket"))).toEqual(["aws_iam_policy"]);
    expect(Object.keys(resources(bare, "aws_iam_policy", 2))).toEqual([
      "auditor_boundary_dev",
      "boundary_dev",
    ]);
    resources(bare, "aws_s3_bucket", 1);
    const full = everyResource(account).map(({ type }) => type);
    expect(full).toEqual(
      expect.arrayContaining([
        "aws_ce_anomaly_monitor",
        "aws_ce_anomaly_subscription",
        "aws_cloudtrail",
        "aws_iam_openid_connect_provider",
        "aws_iam_service_linked_role",
      ]),
    );
  });

  test("sets security defaults where it is asked to: of S3 once, of EC2 in each region, and no others", () => {
    const types = [
      "aws_s3_account_public_access_block",
      "aws_ebs_encryption_by_default",
      "aws_ec2_instance_metadata_defaults",
    ];
    for (const type of types) resources(account, type, 0);
    const defaults = { block_public_access: true, encrypt_disks: true, require_imdsv2: true };
    const asked = [dev, testing].map((one) => ({ ...one, account: { ...one.account, defaults } }));
    const json = pick(stacksOf(asked), "bootstrap-111111111111");
    expect(resources(json, "aws_s3_account_public_access_block", 1).defaults).toEqual({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(resources(json, "aws_ebs_encryption_by_default", 2)).toEqual({
      defaults_eu_central_1: { enabled: true, region: "eu-central-1" },
      defaults_eu_north_1: { enabled: true, region: "eu-north-1" },
    });
    expect(resources(json, "aws_ec2_instance_metadata_defaults", 2)).toEqual({
      defaults_metadata_eu_central_1: { http_tokens: "required", region: "eu-central-1" },
      defaults_metadata_eu_north_1: { http_tokens: "required", region: "eu-north-1" },
    });
    const disks = { ...defaults, block_public_access: false, require_imdsv2: false };
    const some = pick(
      stacksOf([{ ...dev, account: { ...dev.account, defaults: disks } }]),
      "bootstrap-111111111111",
    );
    expect(types.map((type) => Object.keys(some.resource?.[type] ?? {}).length)).toEqual([0, 1, 0]);
  });

  test("divides the bill by tags that every resource carries, where it is asked to", () => {
    resources(account, "aws_ce_cost_allocation_tag", 0);
    const billed = variant({ account: { ...dev.account, cost_allocation_tags: true } });
    const json = pick(stacksOf([billed]), "bootstrap-111111111111");
    const keys = Object.values(resources(json, "aws_ce_cost_allocation_tag", 5)).map(
      ({ tag_key }) => tag_key,
    );
    for (const stack of stacks.values()) {
      expect(Object.keys(stack.provider.aws[0].default_tags[0].tags)).toEqual(expect.arrayContaining(keys));
    }
  });
});

describe("people", () => {
  test("have the roles that somebody holds, and their ARNs are published", () => {
    expect(outputsOf(pick(stacks, "dev-people"))).toEqual([
      "auditor_role_arn",
      "data_engineer_role_arn",
      "operator_role_arn",
    ]);
    const roles = Object.values(resources(pick(stacks, "dev-people"), "aws_iam_role", 3));
    expect(roles.map(({ name, max_session_duration }) => [name, max_session_duration])).toEqual([
      ["big-data-dev-auditor", 3600],
      ["big-data-dev-data-engineer", 8 * 3600],
      ["big-data-dev-operator", 4 * 3600],
    ]);
  });

  test("data engineers query all tables, in the environment's workgroup", () => {
    const policies = resources(pick(stacks, "dev-people"), "aws_iam_policy", 6);
    const statements: Statement[] = JSON.parse(policies.people_data_engineer_queries.policy).Statement;
    const resource = (sid: string) => statements.find(({ Sid }) => Sid === sid)?.Resource;
    const [catalog, lake] = ["catalog", "lake"].map(
      (stack) => `data.terraform_remote_state.${stack}.outputs`,
    );
    expect(resource("QueryInWorkgroup")).toContain(`:workgroup/\${${catalog}.athena_workgroup}`);
    expect(resource("SeeTables")).toHaveLength(2 + 2 * 3);
    expect(resource("ReadTables")).toEqual(
      ["curated", "marts", "quarantine"].map((folder) => `arn:aws:s3:::\${${lake}.data_bucket}/${folder}/*`),
    );
  });

  test("have no role where nobody holds one, but a stack that takes the last one away", () => {
    const stack = pick(stacksOf([variant({ people: {} })]), "dev-people");
    expect(everyResource(stack)).toEqual([]);
    expect(stack.data).toBeUndefined();
  });

  test("nobody has a key: there is no user, no group and no access key in any stack", () => {
    const types = [...stacks.values()].flatMap(everyResource).map(({ type }) => type);
    expect(types.filter((type) => /^aws_iam_(?:user|group|access_key)/.test(type))).toEqual([]);
  });
});

describe("a permissions boundary", () => {
  const rolesOf = (permissions_boundary: string) =>
    [...stacksOf([variant({ permissions_boundary })]).values()]
      .flatMap(everyResource)
      .filter(({ type }) => type === "aws_iam_role");

  test.each([
    ["platform-boundary", "arn:aws:iam::111111111111:policy/platform-boundary"],
    ["arn:aws:iam::111111111111:policy/fence", "arn:aws:iam::111111111111:policy/fence"],
  ])("%s is on every role of the environment and its account", (policy, arn) => {
    const roles = rolesOf(policy);
    expect(roles).toHaveLength(6 + 3 + 2);
    expect([...new Set(roles.map(({ block }) => block.permissions_boundary))]).toEqual([arn]);
  });

  test("of the configuration takes the place of the platform's own, and is demanded of the roles that workflows make", () => {
    const json = pick(stacksOf([variant({ permissions_boundary: "fence" })]), "bootstrap-111111111111");
    const policies = resources(json, "aws_iam_policy", 4 + 6);
    expect(policies.ci_apply_dev_identities.policy).toContain(
      '"iam:PermissionsBoundary":["arn:aws:iam::111111111111:policy/fence"]',
    );
  });
});

describe("workflows", () => {
  /** The services of resource types that do not begin with their service's name in IAM. */
  const services: readonly (readonly [RegExp, string])[] = [
    [/^aws_(?:default_)?(?:ec2|eip|flow|internet|nat|network|route|security|subnet|vpc)_?/, "ec2"],
    [/^aws_cloudwatch_event_/, "events"],
    [/^aws_cloudwatch_(?:log|query)_/, "logs"],
    [/^aws_db_/, "rds"],
    [/^aws_emrserverless_/, "emr-serverless"],
    [/^aws_emr_/, "elasticmapreduce"],
    [/^aws_mwaa_/, "airflow"],
  ];
  const serviceOf = (type: string) =>
    services.find(([pattern]) => pattern.test(type))?.[1] ?? type.split("_")[1] ?? type;

  let committed: Map<string, StackJson>;
  beforeAll(async () => {
    committed = stacksOf(await loadEnvironments(resolve("environments")));
  });

  test.each(["ci_plan", "ci_apply_dev"])(
    "of %s may act in every service that an environment has resources of",
    (role) => {
      const types = [...committed]
        .filter(([stack]) => stack.startsWith("dev-"))
        .flatMap(([, json]) => everyResource(json));
      const needed = [...new Set(types.map(({ type }) => serviceOf(type)))].sort();
      expect(needed.length).toBeGreaterThan(6);
      const allowed = statementsOf(new Map([["account", pick(committed, "bootstrap-111111111111")]]))
        .filter(({ at, kind }) => kind === "identity" && at.includes(`aws_iam_policy.${role}_`))
        .flatMap(({ statement }) => listed(statement.Action).map((action) => action.split(":")[0] ?? ""));
      // Missing: name the service's actions in policies/ci, for a type of another service's name here besides.
      expect(needed.filter((service) => !allowed.includes(service))).toEqual([]);
    },
  );

  test("are known by GitHub's numbers as soon as one environment of the account gives them", () => {
    const { ci = { repository: "", branch: "", create_provider: true } } = testing;
    const numbered = { ...testing, ci: { ...ci, owner_id: 123456, repository_id: 456789 } };
    const json = pick(stacksOf([dev, numbered]), "bootstrap-111111111111");
    const roles = Object.values(resources(json, "aws_iam_role", 3));
    for (const { assume_role_policy } of roles) {
      expect(assume_role_policy).toContain("repo:example-org@123456/big-data-platform@456789:");
      expect(assume_role_policy).not.toContain("StringLike");
    }
  });

  test("may hand out the roles and AWS's policies that an environment has", () => {
    const resourcesOf = (type: string) =>
      [...committed]
        .filter(([stack]) => stack.startsWith("dev-"))
        .flatMap(([, json]) => Object.values(json.resource?.[type] ?? {}));
    const identities = JSON.parse(
      pick(committed, "bootstrap-111111111111").resource?.aws_iam_policy?.ci_apply_dev_identities.policy,
    );
    const conditionsOf = (sid: string) =>
      identities.Statement.find((one: { Sid: string }) => one.Sid === sid).Condition;
    const attachable: string[] = conditionsOf("AttachKnownPolicies").ArnLike["iam:PolicyARN"];
    const managed = resourcesOf("aws_iam_role_policy_attachment")
      .map(({ policy_arn }): string => policy_arn)
      .filter((arn) => arn.includes(":aws:policy/"));
    expect(managed.length).toBeGreaterThan(1);
    expect(managed.filter((arn) => !attachable.includes(arn))).toEqual([]);
    const passable: string[] = conditionsOf("PassRoles").StringLike["iam:PassedToService"];
    const services = resourcesOf("aws_iam_role").flatMap(({ assume_role_policy }) =>
      JSON.parse(assume_role_policy).Statement.flatMap((one: { Principal: { Service?: string[] } }) =>
        listed(one.Principal.Service),
      ),
    );
    expect(services.length).toBeGreaterThan(4);
    expect(services.filter((service) => !passable.includes(`${service}*`))).toEqual([]);
  });
});
