import { applyPolicies, type CiScope, planPolicies } from "../../../policies/ci";
import type { Statement } from "../../../policies/statement";

const place = { region: "eu-north-1", accountId: "111111111111" };
const scope: CiScope = [{ project: "x", environment: "dev", place }];
const two: CiScope = [
  ...scope,
  { project: "x", environment: "test", place: { ...place, region: "eu-west-1" } },
];
const states = { bucket: "states", prefixes: ["x/dev"] };

const statements = (document: string): Record<string, Statement> =>
  Object.fromEntries(JSON.parse(document).Statement.map((one: Statement) => [one.Sid, one]));
const everyStatement = (documents: Readonly<Record<string, string>>): Record<string, Statement> =>
  Object.assign({}, ...Object.values(documents).map(statements));
const listed = (value: string | readonly string[] | undefined) => [value ?? []].flat();

describe("the role that plans", () => {
  const plan = everyStatement(planPolicies(two, states));

  test("writes lock files, and nothing else", () => {
    const writing = Object.values(plan).filter(({ Action }) =>
      listed(Action).some((action) => !/:(?:Get|List|Describe|View|Decrypt)/.test(action)),
    );
    expect(writing.map(({ Sid }) => Sid)).toEqual(["LockStates"]);
    expect(plan.LockStates?.Resource).toEqual(["arn:aws:s3:::states/x/dev/*.tflock"]);
  });

  test("reads facts and releases, no data and no connection", () => {
    const reading = Object.values(plan).filter(({ Action }) =>
      listed(Action).some((action) => /s3:GetObject|GetSecretValue/.test(action)),
    );
    expect(reading.flatMap(({ Resource }) => listed(Resource)).sort()).toEqual([
      "arn:aws:s3:::states/x/dev/*.forgotten.json",
      "arn:aws:s3:::states/x/dev/*.tflock",
      "arn:aws:s3:::states/x/dev/*.tfstate",
      "arn:aws:s3:::x-dev-artifacts-*/*",
      "arn:aws:s3:::x-test-artifacts-*/*",
      "arn:aws:secretsmanager:eu-north-1:111111111111:secret:x/dev/airflow/variables/*",
      "arn:aws:secretsmanager:eu-west-1:111111111111:secret:x/test/airflow/variables/*",
    ]);
    expect(plan.DecryptReleases?.Condition?.StringEquals).toMatchObject({
      "aws:ResourceTag/environment": ["dev", "test"],
      "kms:ViaService": ["s3.eu-north-1.amazonaws.com", "s3.eu-west-1.amazonaws.com"],
    });
  });
});

describe("the role that applies", () => {
  const apply = everyStatement(applyPolicies(scope, states, undefined));
  const bounded = everyStatement(applyPolicies(scope, states, "arn:boundary"));

  test("changes what has its environment's name or tags, and tags only what is nobody's", () => {
    const changing = Object.values(apply).filter(({ Action }) =>
      listed(Action).some((action) => !/:(?:Get|List|Describe|View|Decrypt)/.test(action)),
    );
    const own = changing.filter(({ Resource, Condition }) => {
      const tags = /"aws:(?:Resource|Request)Tag\/environment":\["dev"\]/.test(
        JSON.stringify(Condition ?? {}),
      );
      return tags || listed(Resource).every((arn) => /x[-/_]dev/.test(arn));
    });
    // What is made without tags or names of one's own; all of it is the environment's alone, or a part of what is.
    const others = changing.filter((one) => !own.includes(one)).map(({ Sid }) => Sid);
    expect(others.sort()).toEqual([
      "CreateNetwork",
      "CreateSecurityGroupRules",
      "CreateUnnamed",
      "EmptyDefaultGroup",
      "LetServicesMakeTheirRoles",
      "ManageCatalog",
      "ManageDatabasePasswords",
    ]);
    for (const sid of ["TagNewKeys", "TagNewApplications", "AdoptDefaultGroup", "EmptyDefaultGroup"]) {
      expect(apply[sid]?.Condition?.Null).toEqual({ "aws:ResourceTag/environment": "true" });
    }
    expect(apply.TagNewNetwork?.Condition?.Null).toEqual({ "ec2:CreateAction": "false" });
  });

  test("never reaches its own role, the account's stack or a connection", () => {
    const resources = Object.values(apply).flatMap(({ Resource }) => listed(Resource));
    const identities = resources.filter((arn) =>
      /:(?:role|policy|instance-profile|saml-provider)\//.test(arn),
    );
    expect([...new Set(identities)].sort()).toEqual([
      "arn:aws:iam::111111111111:instance-profile/x-dev-*",
      "arn:aws:iam::111111111111:policy/x-dev-*",
      "arn:aws:iam::111111111111:role/aws-service-role/*",
      "arn:aws:iam::111111111111:role/x-dev-*",
      "arn:aws:iam::111111111111:saml-provider/x-dev-*",
    ]);
    expect(resources.filter((arn) => arn.includes("tfstate"))).toEqual([
      "arn:aws:s3:::states/x/dev/*.tfstate",
    ]);
    const secrets = Object.values(apply).filter(({ Action }) =>
      listed(Action).includes("secretsmanager:GetSecretValue"),
    );
    expect(secrets.flatMap(({ Resource }) => listed(Resource))).toEqual([
      "arn:aws:secretsmanager:eu-north-1:111111111111:secret:x/dev/airflow/variables/*",
    ]);
  });

  test("gives permissions to bounded roles only, where there is a boundary", () => {
    const boundary = { "iam:PermissionsBoundary": "arn:boundary" };
    expect(apply.CreateRoles?.Condition).toBeUndefined();
    expect(bounded.CreateRoles?.Condition?.StringEquals).toEqual(boundary);
    expect(bounded.AttachKnownPolicies?.Condition?.StringEquals).toEqual(boundary);
    const actions = Object.values(bounded).flatMap(({ Action }) => listed(Action));
    expect(actions).not.toContain("iam:DeleteRolePermissionsBoundary");
  });

  test("hands roles to the services of the platform, and attaches policies it knows", () => {
    expect(apply.PassRoles?.Resource).toEqual(["arn:aws:iam::111111111111:role/x-dev-*"]);
    expect(apply.PassRoles?.Condition?.StringLike?.["iam:PassedToService"]).toContain(
      "airflow.amazonaws.com*",
    );
    expect(apply.AttachKnownPolicies?.Condition?.ArnLike).toEqual({
      "iam:PolicyARN": [
        "arn:aws:iam::111111111111:policy/x-dev-*",
        "arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2",
        "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
        "arn:aws:iam::aws:policy/SecurityAudit",
      ],
    });
  });
});
