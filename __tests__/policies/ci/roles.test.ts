import { applyPolicies, type CiScope, planPolicies } from "../../../policies/ci";
import type { Statement } from "../../../policies/statement";

const place = { region: "eu-north-1", accountId: "111111111111" };
const scope: CiScope = [{ project: "x", environment: "dev", place }];
const two: CiScope = [
  ...scope,
  { project: "x", environment: "test", place: { ...place, region: "eu-west-1" } },
];

const statements = (document: string): Record<string, Statement> =>
  Object.fromEntries(JSON.parse(document).Statement.map((one: Statement) => [one.Sid, one]));
const everyStatement = (documents: Readonly<Record<string, string>>): Record<string, Statement> =>
  Object.assign({}, ...Object.values(documents).map(statements));
const listed = (value: string | readonly string[] | undefined) => [value ?? []].flat();

describe("the role that plans", () => {
  const plan = everyStatement(planPolicies(two, "states"));

  test("writes nothing, no lock file either", () => {
    const writing = Object.values(plan).filter(({ Action }) =>
      listed(Action).some((action) => !/:(?:Get|List|Describe|View|Decrypt)/.test(action)),
    );
    expect(writing).toEqual([]);
  });

  test("reads facts and releases, no data and no connection", () => {
    const reading = Object.values(plan).filter(({ Action }) =>
      listed(Action).some((action) => /s3:GetObject|GetSecretValue/.test(action)),
    );
    expect(reading.flatMap(({ Resource }) => listed(Resource)).sort()).toEqual([
      "arn:aws:s3:::states/x/dev/*.forgotten.json",
      "arn:aws:s3:::states/x/dev/*.tfstate",
      "arn:aws:s3:::states/x/test/*.forgotten.json",
      "arn:aws:s3:::states/x/test/*.tfstate",
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
  const apply = everyStatement(applyPolicies(scope, "states", ["arn:boundary"]));

  test("changes what has its environment's name or tags, and tags only what is nobody's", () => {
    const changing = Object.values(apply).filter(
      ({ Effect, Action }) =>
        Effect === "Allow" &&
        listed(Action).some((action) => !/:(?:Get|List|Describe|View|Decrypt)/.test(action)),
    );
    const own = changing.filter(({ Resource, Condition }) => {
      const tags = /"aws:(?:Resource|Request)Tag\/environment":\["dev"\]/.test(
        JSON.stringify(Condition ?? {}),
      );
      return tags || listed(Resource).every((arn) => /x[-/_]dev/.test(arn));
    });
    // Resources without tags or names: each belongs to the environment alone, or is part of a resource that does.
    const others = changing.filter((one) => !own.includes(one)).map(({ Sid }) => Sid);
    expect(others.sort()).toEqual([
      "AssociatePrivateDns",
      "CreateNetwork",
      "CreateSecurityGroupRules",
      "CreateUnnamed",
      "EmptyDefaultGroup",
      "FinishNewKeys",
      "LetServicesMakeTheirRoles",
      "ManageCatalog",
      "ManageDatabasePasswords",
      "ManageDefaultOptionGroups",
      "ReturnToDefaultAcl",
    ]);
    const untagged = ["TagNewKeys", "TagNewApplications", "AdoptDefaultGroup", "EmptyDefaultGroup"].concat([
      "FinishNewKeys",
      "ReturnToDefaultAcl",
    ]);
    for (const sid of untagged) {
      expect(apply[sid]?.Condition?.Null).toMatchObject({ "aws:ResourceTag/environment": "true" });
    }
    expect(apply.TagNewNetwork?.Condition?.Null).toEqual({ "ec2:CreateAction": "false" });
  });

  test("gains nothing by tagging what somebody else uses", () => {
    expect(apply.TagNewKeys?.Condition?.Null).toEqual({
      "aws:ResourceTag/environment": "true",
      "kms:ResourceAliases": "true",
    });
    const marked = { "aws:ResourceTag/default-group": "empty" };
    expect(apply.AdoptDefaultGroup?.Condition?.StringEquals).toMatchObject({
      "aws:RequestTag/default-group": "empty",
    });
    const denied = Object.values(apply).filter(({ Effect }) => Effect === "Deny");
    expect(denied.map(({ Sid }) => Sid)).toEqual([
      "KeepDefaultGroupsEmpty",
      "KeepDefaultGroupsMarked",
      "KeepDefaultGroupsTagged",
    ]);
    for (const { Condition } of denied) expect(Condition?.StringEquals).toEqual(marked);
    expect(apply.KeepDefaultGroupsEmpty?.Action).toContain("ec2:Authorize*");
    expect(apply.KeepDefaultGroupsMarked?.Condition).toMatchObject({
      "ForAnyValue:StringEquals": { "aws:TagKeys": ["default-group"] },
    });
    expect(apply.KeepDefaultGroupsTagged?.Condition).toMatchObject({ Null: { "aws:TagKeys": "true" } });
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

  test("finishes a key whose tags do not count yet, without opening or closing it", () => {
    const actions = listed(apply.FinishNewKeys?.Action);
    expect(actions).toEqual(expect.arrayContaining(["kms:CreateAlias", "kms:EnableKeyRotation"]));
    expect(actions.filter((one) => /Policy$|Grant|crypt|Delet|Tag(?!s$)/.test(one))).toEqual([
      "kms:GetKeyPolicy",
    ]);
    expect(apply.ManageKeyAliases?.Resource).toEqual(["arn:aws:kms:eu-north-1:111111111111:alias/x-dev*"]);
  });

  test("lets MWAA use the environment's keys in its name, as its guide asks", () => {
    const own = { "aws:ResourceTag/project": ["x"], "aws:ResourceTag/environment": ["dev"] };
    expect(apply.GrantKeysToServices).toMatchObject({
      Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      Condition: { StringEquals: own, Bool: { "kms:GrantIsForAWSResource": "true" } },
    });
    expect(apply.EncryptAirflow).toMatchObject({
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Condition: { StringEquals: { ...own, "kms:ViaService": ["airflow.eu-north-1.amazonaws.com"] } },
    });
  });

  test("associates the zones of private endpoints, and gives subnets back to the default list", () => {
    expect(apply.AssociatePrivateDns).toMatchObject({
      Action: "route53:AssociateVPCWithHostedZone",
      Resource: "arn:aws:route53:::hostedzone/*",
    });
    expect(apply.ReturnToDefaultAcl).toMatchObject({
      Action: "ec2:ReplaceNetworkAclAssociation",
      Resource: ["arn:aws:ec2:eu-north-1:111111111111:network-acl/*"],
    });
  });

  test("deletes all versions of what Terraform puts into the artifacts, and of nothing else", () => {
    const deleting = Object.values(apply).filter(({ Action }) =>
      listed(Action).includes("s3:DeleteObjectVersion"),
    );
    expect(deleting.map(({ Resource }) => Resource)).toEqual([["arn:aws:s3:::x-dev-artifacts-*/airflow/*"]]);
    expect(listed(apply.ManageBuckets?.Action)).toContain("s3:ListBucketVersions");
  });

  test("changes the description of a role, and takes no boundary off", () => {
    const actions = Object.values(apply).flatMap(({ Action }) => listed(Action));
    expect(actions).toContain("iam:UpdateRoleDescription");
    expect(actions).not.toContain("iam:DeleteRolePermissionsBoundary");
  });

  test("uses a network that is there by its ids, and tags its subnets for EMR alone", () => {
    expect(Object.keys(apply)).not.toContain("UseExistingNetwork");
    const existing = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] };
    const inExisting: CiScope = [{ ...scope[0], existing }];
    const policies = everyStatement(applyPolicies(inExisting, "states", ["arn:boundary"]));
    const subnets = ["1", "2"].map((id) => `arn:aws:ec2:eu-north-1:*:subnet/subnet-${id}`);
    expect(policies.UseExistingNetwork?.Resource).toEqual(["arn:aws:ec2:eu-north-1:*:vpc/vpc-1", ...subnets]);
    expect(listed(policies.UseExistingNetwork?.Action)).toEqual(
      expect.arrayContaining([
        "ec2:AssociateClientVpnTargetNetwork",
        "ec2:ApplySecurityGroupsToClientVpnTargetNetwork",
      ]),
    );
    expect(listed(policies.UseExistingNetwork?.Action).join()).not.toMatch(/Subnet|DeleteVpc|Route(?!,|$)/);
    expect(policies.TagExistingSubnets).toMatchObject({
      Resource: subnets,
      Condition: {
        "ForAllValues:StringEquals": { "aws:TagKeys": ["for-use-with-amazon-emr-managed-policies"] },
        Null: { "aws:TagKeys": "false" },
      },
    });
  });

  test("gives permissions to bounded roles only", () => {
    const boundary = { "iam:PermissionsBoundary": ["arn:boundary"] };
    expect(apply.CreateRoles?.Condition?.StringEquals).toEqual(boundary);
    expect(apply.AttachKnownPolicies?.Condition?.StringEquals).toEqual(boundary);
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

describe.each([
  ["plans", planPolicies(two, "states")],
  ["applies", applyPolicies(scope, "states", ["arn:boundary"])],
])("the role that %s", (_, policies) => {
  test("finds databases without their names, and changes none so", () => {
    const finding = Object.values(everyStatement(policies)).filter(({ Resource }) =>
      listed(Resource).some((arn) => arn.endsWith(":db:*")),
    );
    expect(finding.map(({ Action }) => Action)).toEqual([["rds:DescribeDBInstances"]]);
  });

  test("learns that a state does not exist yet instead of being refused", () => {
    const { Condition, Action } = everyStatement(policies).ListStates ?? {};
    expect(Action).toBe("s3:ListBucket");
    expect(Object.keys(Condition ?? {})).toEqual(["StringLikeIfExists"]);
  });
});

describe("documents", () => {
  const many = (count: number): CiScope => [
    ...scope,
    ...Array.from({ length: count - 1 }, (_, index) => ({
      project: "a-project-of-thirty-characters",
      environment: `environment-${index}`,
      place,
    })),
  ];

  test("stay as they are as long as they fit", () => {
    expect(Object.keys(planPolicies(scope, "states"))).toEqual([
      "state",
      "read",
      "read_storage",
      "read_services",
    ]);
  });

  test.each([6, 12])("go on in others before they are too long for IAM, with %d environments", (count) => {
    const policies = planPolicies(many(count), "states");
    expect(Object.keys(policies)).toContain("read_services_2");
    expect(Object.keys(policies).length).toBeLessThanOrEqual(10);
    for (const document of Object.values(policies)) expect(document.length).toBeLessThanOrEqual(6144);
    const sids = Object.keys(everyStatement(policies));
    expect(sids).toEqual(Object.keys(everyStatement(planPolicies(scope, "states"))));
  });
});

describe("where an environment has a Kafka cluster", () => {
  const [own, other] = [{ ...scope[0], hasKafka: true }, two[1]];
  const documents = {
    plan: everyStatement(planPolicies([own, ...(other ? [other] : [])], "states")),
    apply: everyStatement(applyPolicies([own], "states", ["arn:boundary"])),
  };
  const ofKafka = (all: Record<string, Statement>) =>
    Object.values(all).filter(({ Action }) =>
      listed(Action).some((action) => /^(kafka|application-autoscaling):/.test(action)),
    );

  test("a plan reads it and nothing of another environment's", () => {
    const reading = ofKafka(documents.plan);
    expect(reading.map(({ Sid }) => Sid)).toEqual(["ReadKafka", "ReadUnnamedKafka", "ReadScalableTargets"]);
    expect(documents.plan.ReadKafka?.Resource).toEqual([
      "arn:aws:kafka:eu-north-1:111111111111:cluster/x-dev-kafka/*",
      "arn:aws:kafka:eu-north-1:111111111111:configuration/x-dev-kafka/*",
    ]);
  });

  test("an apply makes it, and never opens it to the internet", () => {
    expect(documents.apply.ManageKafka?.Action).toContain("kafka:CreateCluster");
    expect(listed(documents.apply.ManageKafka?.Action)).not.toContain("kafka:UpdateConnectivity");
    expect(documents.apply.KeepKafkaPrivate).toMatchObject({
      Action: ["kafka:UpdateConnectivity"],
      Condition: { Bool: { "kafka:publicAccessEnabled": "false" } },
    });
    const records = Object.values(documents.apply).flatMap(({ Action }) => listed(Action));
    expect(records.filter((action) => action.startsWith("kafka-cluster:"))).toEqual([]);
  });

  test("an apply scales disks of its own only", () => {
    const { StringEquals } = documents.apply.ScaleOwnStorage?.Condition ?? {};
    expect(StringEquals).toMatchObject({
      "aws:ResourceTag/environment": ["dev"],
      "application-autoscaling:service-namespace": "kafka",
    });
  });

  test("other environments' roles are as they were", () => {
    const without = [planPolicies(two, "states"), applyPolicies(scope, "states", ["arn:boundary"])];
    expect(without.flatMap((policies) => ofKafka(everyStatement(policies)))).toEqual([]);
    expect(JSON.stringify(without)).not.toContain("kafka");
  });
});
