import { applyPolicies, type CiScope, planPolicies } from "../../../policies/ci";
import { applyTrust, planTrust } from "../../../policies/ci/trust";
import { allowTrail, trailKeyPolicy } from "../../../policies/cloudtrail";
import { auditorPolicy, dataEngineerPolicy, operatorPolicy } from "../../../policies/people/roles";
import { peopleTrust } from "../../../policies/people/trust";
import type { Statement } from "../../../policies/statement";

const place = { region: "eu-north-1", accountId: "111111111111" };
const elsewhere = { region: "cn-north-1", accountId: "111111111111" };
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

describe("GitHub", () => {
  const github = "token.actions.githubusercontent.com";

  test("plans from pull requests and branches of the one repository, whole subjects only", () => {
    expect(statements(planTrust(place, "org/repo", ["main", "release"])).AssumedByGitHub).toEqual({
      Sid: "AssumedByGitHub",
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::111111111111:oidc-provider/${github}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${github}:aud`]: "sts.amazonaws.com",
          [`${github}:sub`]: [
            "repo:org/repo:pull_request",
            "repo:org/repo:ref:refs/heads/main",
            "repo:org/repo:ref:refs/heads/release",
          ],
        },
      },
    });
  });

  test("applies from one environment on one branch", () => {
    const deployment = { repository: "org/repo", branch: "main", environment: "dev" };
    const conditions = (where: typeof place) =>
      statements(applyTrust(where, deployment)).AssumedByGitHub?.Condition?.StringEquals;
    const subject = {
      [`${github}:aud`]: "sts.amazonaws.com",
      [`${github}:sub`]: "repo:org/repo:environment:dev",
    };
    expect(conditions(place)).toEqual({ ...subject, [`${github}:ref`]: "refs/heads/main" });
    expect(conditions(elsewhere)).toEqual(subject);
  });
});

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

describe("people", () => {
  const people = {
    place,
    buckets: { data: "data", artifacts: "code", logs: "logs" },
    keyArn: "arn:key",
    airflowEnvironment: "x-dev-airflow",
    secretsPrefix: "x/dev/airflow",
    arrivalsQueue: "x-arrivals",
    tags: { project: "x", environment: "dev" },
  };
  const written = (policy: Record<string, Statement>) => listed(policy.WriteObjects?.Resource);

  test("come from the directory, as users with a second factor, or as roles", () => {
    const user = "arn:aws:iam::999999999999:user/ada";
    const role = "arn:aws:iam::999999999999:role/engineers";
    const trust = statements(peopleTrust(place, { principals: [user, role], samlProvider: "directory" }));
    expect(Object.keys(trust)).toEqual(["AssumedByDirectory", "AssumedByUsersWithMfa", "AssumedByRoles"]);
    expect(trust.AssumedByDirectory).toMatchObject({
      Principal: { Federated: "arn:aws:iam::111111111111:saml-provider/directory" },
      Action: "sts:AssumeRoleWithSAML",
      Condition: {
        StringEquals: {
          "SAML:aud": ["https://signin.aws.amazon.com/saml", "https://eu-north-1.signin.aws.amazon.com/saml"],
        },
      },
    });
    expect(trust.AssumedByUsersWithMfa).toMatchObject({
      Principal: { AWS: [user] },
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    });
    expect(trust.AssumedByRoles).toMatchObject({ Principal: { AWS: [role] } });
    expect(Object.keys(statements(peopleTrust(place, { principals: [role] })))).toEqual(["AssumedByRoles"]);
  });

  test("who engineer data write data and code, and are users of Airflow", () => {
    const engineer = statements(dataEngineerPolicy(people));
    expect(written(engineer)).toEqual(["arn:aws:s3:::data/*", "arn:aws:s3:::code/*"]);
    expect(engineer.OpenAirflow?.Resource).toBe(
      "arn:aws:airflow:eu-north-1:111111111111:role/x-dev-airflow/User",
    );
    expect(engineer.UseKey?.Condition?.StringEquals).toEqual({
      "kms:ViaService": ["s3.eu-north-1.amazonaws.com"],
    });
    expect(Object.keys(engineer)).not.toContain("StopClusters");
  });

  test("who operate write releases and connections, stop own clusters, and see no data", () => {
    const operator = statements(operatorPolicy(people));
    expect(written(operator)).toEqual(["arn:aws:s3:::code/etl/*", "arn:aws:s3:::code/dags/*"]);
    expect(listed(operator.ReadObjects?.Resource)).toContain("arn:aws:s3:::data/runs/*");
    expect(listed(operator.ReadObjects?.Resource)).not.toContain("arn:aws:s3:::data/*");
    expect(operator.StopClusters?.Condition?.StringEquals).toEqual({
      "aws:ResourceTag/project": "x",
      "aws:ResourceTag/environment": "dev",
    });
    expect(operator.FillConnections?.Resource).toBe(
      "arn:aws:secretsmanager:eu-north-1:111111111111:secret:x/dev/airflow/connections/*",
    );
    expect(listed(operator.FillConnections?.Action)).not.toContain("secretsmanager:GetSecretValue");
  });

  test("quarantined rows are read by those who engineer data, and by nobody else", () => {
    const read = (policy: string) => listed(statements(policy).ReadObjects?.Resource);
    const holds = (resource: string) => {
      const pattern = resource.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
      return new RegExp(`^${pattern}$`).test("arn:aws:s3:::data/quarantine/orders/run=1/part-0.parquet");
    };
    const trail = { place, bucket: "trail", keyAlias: "x-cloudtrail" };
    const readers = {
      dataEngineer: read(dataEngineerPolicy(people)),
      operator: read(operatorPolicy(people)),
      auditor: read(auditorPolicy(people, trail)),
    };
    expect(Object.values(readers).every(({ length }) => length > 0)).toBe(true);
    expect(Object.entries(readers).flatMap(([who, places]) => (places.some(holds) ? [who] : []))).toEqual([
      "dataEngineer",
    ]);
  });

  test("who operate put back what was set aside of the queue, and use its key through SQS only", () => {
    const operator = statements(operatorPolicy(people));
    const queue = "arn:aws:sqs:eu-north-1:111111111111:x-arrivals";
    expect(operator.RedriveArrivals?.Resource).toEqual([queue, `${queue}-dead`]);
    expect(listed(operator.RedriveArrivals?.Action)).toContain("sqs:StartMessageMoveTask");
    expect(operator.UseArrivalsKey?.Condition).toEqual({
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/x-arrivals" },
      StringEquals: { "kms:ViaService": "sqs.eu-north-1.amazonaws.com" },
    });
  });

  test("who audit read the trail and nothing of the lake", () => {
    const trail = { place, bucket: "trail", keyAlias: "x-cloudtrail" };
    const auditor = statements(auditorPolicy(people, trail));
    expect(written(auditor)).toEqual([]);
    expect(auditor.ReadObjects?.Resource).toEqual(["arn:aws:s3:::trail/*"]);
    expect(auditor.UseTrailKey?.Condition).toEqual({
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/x-cloudtrail" },
    });
    expect(auditor.OpenAirflow?.Resource).toMatch(/\/Viewer$/);
  });
});

test("the trail alone writes to its bucket, under its account's folder, and uses its key", () => {
  const source = "arn:aws:cloudtrail:eu-north-1:111111111111:trail/x-account";
  const [check, deliver] = allowTrail({ arn: "arn:bucket" }, place, "x-account");
  expect(check?.Condition?.StringEquals).toEqual({ "aws:SourceArn": source });
  expect(deliver).toMatchObject({
    Resource: "arn:bucket/AWSLogs/111111111111/*",
    Condition: { StringEquals: { "aws:SourceArn": source, "s3:x-amz-acl": "bucket-owner-full-control" } },
  });
  const key = statements(trailKeyPolicy(place, "x-account"));
  expect(key.EncryptedByTrail?.Condition?.StringEquals).toEqual({
    "aws:SourceArn": source,
    "kms:EncryptionContext:aws:cloudtrail:arn": source,
  });
});
