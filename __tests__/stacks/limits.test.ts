import { dev, elsewhere, prod, variant } from "./environments";
import { everyResource, only, stacksOf, textOf } from "./synthesis";

/** As long as the configuration lets names be. */
const longest = variant({ project: "p".repeat(25), environment: "e".repeat(12), account_id: "333333333333" });

/** Everything the interface endpoints of a big environment are. */
const crowded = variant({
  environment: "crowded",
  network: {
    ...dev.network,
    interface_endpoints: [
      ...dev.network.interface_endpoints,
      "airflow.api",
      "ecr.api",
      "ecr.dkr",
      "kms",
      "monitoring",
    ],
  },
});

const stacks = stacksOf([dev, prod, longest, crowded]);
const all = [...stacks].flatMap(([stack, json]) =>
  everyResource(json).map((resource) => ({ stack, ...resource })),
);
const ofType = (type: string, count: number) => {
  const found = all.filter((resource) => resource.type === type);
  expect(found).toHaveLength(count);
  return found;
};

/** Five for services and three for people in each of four environments, three of them with EMR Serverless; four that apply; three accounts that plan. */
const roles = 4 * (5 + 3) + 3 + 4 + 3;
/** Six of people and two boundaries in each environment, six of each role that applies; three that plan and a boundary in each account. */
const policies = 4 * (6 + 2) + 4 * 6 + 3 * (4 + 1);

/** Source of the limits: AWS IAM User Guide, "IAM and AWS STS quotas". */
describe("IAM", () => {
  test("role names have at most 64 characters", () => {
    for (const { block } of ofType("aws_iam_role", roles)) {
      expect(block.name.length).toBeLessThanOrEqual(64);
    }
  });

  test("policies have at most 6,144 characters, whatever they are attached to", () => {
    const documents = [
      ...ofType("aws_iam_role_policy", 4 * 6 + 3 * 3),
      ...ofType("aws_iam_policy", policies),
    ];
    for (const { block } of documents) {
      expect(JSON.parse(block.policy).Version).toBe("2012-10-17");
      expect(block.policy.length).toBeLessThanOrEqual(6144);
    }
  });

  test("policies have names of at most 128 characters, and roles ten of them", () => {
    for (const { block } of ofType("aws_iam_policy", policies)) {
      expect(block.name.length).toBeLessThanOrEqual(128);
    }
    const attached = ofType("aws_iam_role_policy_attachment", 4 * (2 + 7) + 4 * 6 + 3 * 4);
    const holders = attached.map(({ stack, block }) => `${stack} ${block.role}`);
    const counts = holders.map((holder) => holders.filter((other) => other === holder).length);
    expect(Math.max(...counts)).toBe(6);
  });

  test("trust policies have at most 2,048 characters; each statement admits one kind of principal", () => {
    const kinds = ofType("aws_iam_role", roles).flatMap(({ block }) => {
      expect(block.assume_role_policy.length).toBeLessThanOrEqual(2048);
      const statements: { Principal: object }[] = JSON.parse(block.assume_role_policy).Statement;
      return statements.map(({ Principal }) => Object.keys(Principal).join());
    });
    expect([...new Set(kinds)].sort()).toEqual(["AWS", "Federated", "Service"]);
  });

  test("sids have letters and digits only", () => {
    const sids = all.flatMap(({ block }) =>
      [block.policy, block.assume_role_policy].flatMap((policy) =>
        typeof policy === "string" ? JSON.parse(policy).Statement.map((one: { Sid: string }) => one.Sid) : [],
      ),
    );
    expect(sids.length).toBeGreaterThan(100);
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
  });
});

/** Source: Amazon S3 User Guide, "General purpose bucket naming rules". */
test("bucket names have 3 to 63 lower-case letters, digits and hyphens", () => {
  const names = ofType("aws_s3_bucket", 4 * 5 + 3 * 2).map(({ block }) => block.bucket);
  expect(names.filter((name) => !/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name))).toEqual([]);
});

describe("security groups", () => {
  /** Source: Amazon VPC User Guide, "Amazon VPC quotas". */
  test.each([
    ["aws_vpc_security_group_ingress_rule", 14],
    ["aws_vpc_security_group_egress_rule", 15],
  ])("have at most 60 of %s", (type, count) => {
    const groups = ofType(type, 4 * count).map(({ stack, block }) => `${stack} ${block.security_group_id}`);
    const counts = groups.map((group) => groups.filter((other) => other === group).length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(60);
  });

  /** Source: Amazon EC2 API Reference, "CreateSecurityGroup". */
  test("have names AWS takes", () => {
    for (const { block } of ofType("aws_security_group", 4 * 9)) {
      expect(block.name).toMatch(/^(?!sg-)[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
    }
  });
});

/** Source: AWS General Reference, "Tag naming limits and requirements"; Amazon S3 User Guide, "Object tags". */
test("tags are few, are not AWS's own, and have the characters AWS takes", () => {
  for (const [stack, json] of stacks) {
    const common = json.provider.aws[0].default_tags[0].tags;
    for (const { type, block } of everyResource(json)) {
      const tags = { ...common, ...block.tags };
      expect(Object.keys(tags).length).toBeLessThanOrEqual(type === "aws_s3_object" ? 10 : 50);
      for (const [key, value] of Object.entries(tags)) {
        expect({ stack, type, key }).toMatchObject({
          key: expect.stringMatching(/^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/u),
        });
        expect({ stack, type, value }).toMatchObject({
          value: expect.stringMatching(/^[\p{L}\p{N} _.:/=+@-]{1,256}$/u),
        });
      }
    }
  }
});

describe("partitions", () => {
  const texts = (region: string, partition: string) =>
    [...textOf([elsewhere(region, partition)]).values()].join("\n");

  test.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["eusc-de-east-1", "aws-eusc"],
  ])("in %s every ARN is of %s", (region, partition) => {
    const arns = texts(region, partition).match(/arn:[a-z-]*:/g) ?? [];
    expect(arns.length).toBeGreaterThan(100);
    expect([...new Set(arns)]).toEqual([`arn:${partition}:`]);
  });

  /** What a service is called as a principal, and where its endpoints are. */
  test.each([
    ["cn-north-1", "aws-cn", "elasticmapreduce.amazonaws.com.cn", "logs.cn-north-1.amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "elasticmapreduce.amazonaws.com", "logs.us-gov-west-1.amazonaws.com"],
    ["eusc-de-east-1", "aws-eusc", "elasticmapreduce.amazonaws.com", "logs.eusc-de-east-1.amazonaws.com"],
  ])("in %s of %s services are admitted as %s", (region, partition, emr, logs) => {
    const text = texts(region, partition);
    const principals = [...text.matchAll(/\\"Service\\":(\[[^\]]*\]|\\"[^"]*\\")/g)].flatMap(
      ([, services = ""]) => [...services.matchAll(/[a-z][a-z0-9.-]+/g)].map(([service]) => service),
    );
    const everywhere = ["airflow-env", "airflow", "cloudtrail", "ec2", "emr-serverless", "logging.s3"].concat(
      ["monitoring.rds", "vpc-flow-logs", "budgets", "cloudwatch", "costalerts", "events"],
    );
    expect([...new Set(principals)].sort()).toEqual(
      [...everywhere.map((service) => `${service}.amazonaws.com`), emr, logs].sort(),
    );
  });

  test.each([
    ["cn-north-1", "aws-cn", ".cn-north-1.amazonaws.com.cn", "https://signin.amazonaws.cn/saml"],
    [
      "us-gov-west-1",
      "aws-us-gov",
      ".us-gov-west-1.amazonaws.com",
      "https://signin.amazonaws-us-gov.com/saml",
    ],
    ["eusc-de-east-1", "aws-eusc", ".eusc-de-east-1.amazonaws.eu", "https://signin.amazonaws-eusc.eu/saml"],
  ])("in %s of %s services are at *%s, and people sign in at %s", (region, partition, endpoint, signIn) => {
    const text = texts(region, partition);
    const via = [...text.matchAll(/kms:ViaService\\":(\[[^\]]*\]|\\"[^"]*\\")/g)].flatMap(
      ([, services = ""]) => [...services.matchAll(/[a-z][a-z0-9.-]+/g)].map(([service]) => service),
    );
    expect(via.length).toBeGreaterThan(6);
    expect(via.filter((service) => !service.endsWith(endpoint))).toEqual([]);
    expect(text).toContain(signIn);
  });

  test("in China some endpoints have names of their own", () => {
    const text = texts("cn-north-1", "aws-cn");
    expect(text).toContain("cn.com.amazonaws.cn-north-1.sqs");
    expect(text).toContain('"com.amazonaws.cn-north-1.logs"');
    expect(text).toContain('"com.amazonaws.cn-north-1.s3"');
  });
});

test("the facts of an environment fit into a secret", () => {
  const withFacts = [...stacks.values()].filter((json) => json.resource?.aws_secretsmanager_secret_version);
  expect(withFacts).toHaveLength(4 * 7);
  for (const json of withFacts) {
    // Source: AWS Secrets Manager User Guide, "AWS Secrets Manager quotas".
    expect(only(json, "aws_secretsmanager_secret_version").secret_string.length).toBeLessThan(65_536);
  }
});
