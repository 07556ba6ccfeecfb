import { allowTrail, trailKeyPolicy } from "../../../policies/cloudtrail";
import {
  auditorPolicy,
  dataEngineerPolicy,
  operatorPolicy,
  watchPolicy,
} from "../../../policies/people/roles";
import { peopleTrust } from "../../../policies/people/trust";
import type { Statement } from "../../../policies/statement";

const place = { region: "eu-north-1", accountId: "111111111111" };

const statements = (document: string): Record<string, Statement> =>
  Object.fromEntries(JSON.parse(document).Statement.map((one: Statement) => [one.Sid, one]));
const listed = (value: string | readonly string[] | undefined) => [value ?? []].flat();

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
  const reading = { publishes: false };
  const written = (policy: Record<string, Statement>) => listed(policy.WriteObjects?.Resource);

  test("see the Kafka cluster where there is one, and no record in it", () => {
    const seen = statements(watchPolicy({ ...people, kafkaCluster: "x-dev-kafka" }));
    expect(seen.SeeKafka?.Resource).toBe("arn:aws:kafka:eu-north-1:111111111111:cluster/x-dev-kafka/*");
    const actions = Object.values(seen).flatMap(({ Action }) => listed(Action));
    expect(actions.filter((action) => action.startsWith("kafka"))).toEqual([
      "kafka:DescribeCluster",
      "kafka:DescribeClusterV2",
      "kafka:ListClusterOperationsV2",
      "kafka:ListNodes",
      "kafka:ListClustersV2",
    ]);
    expect(JSON.stringify(statements(watchPolicy(people)))).not.toContain("kafka");
  });

  test("come from the directory, as users with a second factor, or as roles", () => {
    const user = "arn:aws:iam::999999999999:user/ada";
    const role = "arn:aws:iam::999999999999:role/engineers";
    const trust = statements(peopleTrust(place, { principals: [user, role], samlProvider: "directory" }));
    expect(Object.keys(trust)).toEqual([
      "AssumedByDirectory",
      "NamedByDirectory",
      "AssumedByUsersWithMfa",
      "AssumedByRoles",
    ]);
    expect(trust.AssumedByDirectory).toMatchObject({
      Principal: { Federated: "arn:aws:iam::111111111111:saml-provider/directory" },
      Action: "sts:AssumeRoleWithSAML",
      Condition: {
        StringEquals: {
          "SAML:aud": ["https://signin.aws.amazon.com/saml", "https://eu-north-1.signin.aws.amazon.com/saml"],
        },
      },
    });
    expect(trust.NamedByDirectory).toMatchObject({
      Principal: trust.AssumedByDirectory?.Principal,
      Action: ["sts:SetSourceIdentity", "sts:TagSession"],
    });
    expect(trust.AssumedByUsersWithMfa).toMatchObject({
      Principal: { AWS: [user] },
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    });
    expect(trust.AssumedByRoles).toMatchObject({ Principal: { AWS: [role] } });
    expect(Object.keys(statements(peopleTrust(place, { principals: [role] })))).toEqual(["AssumedByRoles"]);
  });

  const releases = ["arn:aws:s3:::code/etl/*", "arn:aws:s3:::code/dags/*"];

  test("overwrite no release and no DAG, which run with other rights, unless they publish", () => {
    expect(written(statements(dataEngineerPolicy(people, { publishes: false })))).toEqual([
      "arn:aws:s3:::data/*",
    ]);
    expect(written(statements(operatorPolicy(people, { publishes: false })))).toEqual([]);
    expect(written(statements(dataEngineerPolicy(people, { publishes: true })))).toEqual([
      "arn:aws:s3:::data/*",
      ...releases,
    ]);
    expect(written(statements(operatorPolicy(people, { publishes: true })))).toEqual(releases);
  });

  test("who engineer data read code, and are users of Airflow", () => {
    const engineer = statements(dataEngineerPolicy(people, reading));
    expect(listed(engineer.ReadObjects?.Resource)).toContain("arn:aws:s3:::code/*");
    expect(engineer.OpenAirflow?.Resource).toBe(
      "arn:aws:airflow:eu-north-1:111111111111:role/x-dev-airflow/User",
    );
    expect(engineer.UseKey?.Condition?.StringEquals).toEqual({
      "kms:ViaService": ["s3.eu-north-1.amazonaws.com"],
    });
    expect(Object.keys(engineer)).not.toContain("StopClusters");
  });

  test("who operate fill connections, stop own clusters, and see no data", () => {
    const operator = statements(operatorPolicy(people, reading));
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

  describe("where jobs run on EMR Serverless", () => {
    const scope = { ...people, applicationId: "00f1" };
    const application = "arn:aws:emr-serverless:eu-north-1:111111111111:/applications/00f1";
    const trail = { place, bucket: "trail", keyAlias: "x-cloudtrail" };
    const serverless = (policy: string) =>
      Object.values(statements(policy)).filter(({ Action }) =>
        listed(Action).some((action) => action.startsWith("emr-serverless:")),
      );

    test("its application and job runs are seen by all, opened by those who work, ended by operators", () => {
      const sids = (policy: string) => serverless(policy).map(({ Sid }) => Sid);
      const seen = ["ListApplications", "SeeApplication"];
      expect(sids(auditorPolicy(scope, trail))).toEqual(seen);
      expect(sids(watchPolicy(scope))).toEqual([...seen, "OpenJobRuns"]);
      expect(sids(dataEngineerPolicy(scope, reading))).toEqual([]);
      expect(sids(operatorPolicy(scope, reading))).toEqual(["StopJobRuns"]);
    });

    test("they are known by the application's id, since a job run carries no tag", () => {
      const all = [watchPolicy(scope), operatorPolicy(scope, reading)].flatMap(serverless);
      const own = all.filter(({ Sid }) => Sid !== "ListApplications");
      expect(own.every(({ Condition }) => Condition === undefined)).toBe(true);
      expect([...new Set(own.flatMap(({ Resource }) => listed(Resource)))]).toEqual([
        application,
        `${application}/jobruns/*`,
      ]);
    });

    test("and none of it is allowed where jobs run on clusters", () => {
      const policies = [watchPolicy(people), operatorPolicy(people, reading), auditorPolicy(people, trail)];
      expect(policies.flatMap(serverless)).toEqual([]);
    });
  });

  test("who work open dashboard, alarms and graphs, and Spark's interface of clusters that have gone", () => {
    const allowed = statements(watchPolicy(people));
    expect(allowed.SeeDashboards).toMatchObject({
      Action: ["cloudwatch:GetDashboard"],
      Resource: "arn:aws:cloudwatch::111111111111:dashboard/x-dev*",
    });
    expect(allowed.SeeAlarms).toMatchObject({
      Action: expect.arrayContaining(["cloudwatch:DescribeAlarms"]),
      Resource: "arn:aws:cloudwatch:eu-north-1:111111111111:alarm:*",
    });
    expect(listed(allowed.ListThings?.Action)).toEqual(
      expect.arrayContaining(["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"]),
    );
    expect(listed(allowed.OpenSparkHistory?.Action).map((action) => action.split(":")[1])).toEqual([
      "CreatePersistentAppUI",
      "DescribePersistentAppUI",
      "GetPersistentAppUIPresignedURL",
    ]);
    expect(allowed.OpenSparkHistory?.Condition?.StringEquals).toMatchObject({
      "aws:ResourceTag/environment": "dev",
    });
  });

  test("quarantined rows are read by those who engineer data, and by nobody else", () => {
    const read = (policy: string) => listed(statements(policy).ReadObjects?.Resource);
    const holds = (resource: string) => {
      const pattern = resource.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
      return new RegExp(`^${pattern}$`).test("arn:aws:s3:::data/quarantine/orders/run=1/part-0.parquet");
    };
    const trail = { place, bucket: "trail", keyAlias: "x-cloudtrail" };
    const readers = {
      dataEngineer: read(dataEngineerPolicy(people, reading)),
      operator: read(operatorPolicy(people, reading)),
      auditor: read(auditorPolicy(people, trail)),
    };
    expect(Object.values(readers).every(({ length }) => length > 0)).toBe(true);
    expect(Object.entries(readers).flatMap(([who, places]) => (places.some(holds) ? [who] : []))).toEqual([
      "dataEngineer",
    ]);
  });

  test("who operate put back what was set aside of the queue, and use its key through SQS only", () => {
    const operator = statements(operatorPolicy(people, reading));
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
