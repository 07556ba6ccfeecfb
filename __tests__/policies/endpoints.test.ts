import { interfaceEndpoints } from "../../config/catalogue/interface-endpoints";
import { awsOwned } from "../../policies/aws-owned";
import { endpointPolicy, iamPrefix } from "../../policies/endpoints";
import type { Statement } from "../../policies/statement";
import { actionsOf } from "./baseline/actions";

const place = { region: "eu-north-1", accountId: "111111111111" };
const own = { StringEquals: { "aws:PrincipalAccount": "111111111111" } };

function statements(service: string, at = place): Statement[] {
  return JSON.parse(endpointPolicy(service, at)).Statement;
}

function statement(service: string, sid: string, at = place): Statement | undefined {
  const found = statements(service, at).filter(({ Sid }) => Sid === sid);
  expect(found).toHaveLength(1);
  return found[0];
}

const everyService = ["s3", ...interfaceEndpoints];

describe.each(everyService)("the endpoint of %s", (service) => {
  test("lets this account's principals to this account's resources", () => {
    expect(statement(service, "AccountToItself")).toEqual({
      Sid: "AccountToItself",
      Effect: "Allow",
      Principal: "*",
      Action: `${iamPrefix(service)}:*`,
      Resource: "*",
      Condition: {
        StringEquals: { "aws:PrincipalAccount": "111111111111" },
        StringEqualsIfExists: { "aws:ResourceAccount": "111111111111" },
      },
    });
  });

  test("lets nobody else through but AWS's services, and nobody to everything", () => {
    const known = new Set(["AccountToItself", "AwsServices", ...awsOwned.map(({ sid }) => sid)]);
    const all = statements(service);
    expect(all.filter(({ Sid }) => !known.has(Sid))).toEqual([]);
    expect(statement(service, "AwsServices")?.Condition).toEqual({
      Bool: { "aws:PrincipalIsAWSService": "true" },
    });
    const open = all.filter(({ Resource, Condition }) => [Resource].flat().includes("*") && !Condition);
    expect(open.map(({ Sid }) => Sid)).toEqual(/^ecr/.test(service) ? ["MwaaRegistryToken"] : []);
    expect(all.filter(({ Action }) => [Action].flat().includes("*"))).toEqual([]);
  });

  test("has a policy of a size that AWS takes", () => {
    // Source: AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies", considerations.
    expect(endpointPolicy(service, place).length).toBeLessThanOrEqual(20_480);
  });
});

/** `StringEqualsIfExists` is there for calls that IAM knows no resource for: they may carry no account of one. */
test("nearly every service has calls without a resource", async () => {
  const without = await Promise.all(
    everyService.map(async (service) => {
      const actions = await actionsOf(`${iamPrefix(service)}:*`);
      expect(actions.length).toBeGreaterThan(0);
      return actions.some(({ needsEverything }) => needsEverything) ? [] : [service];
    }),
  );
  expect(without.flat()).toEqual(["rds-data"]);
});

test.each([
  ["ecr.dkr", "ecr"],
  ["airflow.ops", "airflow"],
  ["monitoring", "cloudwatch"],
  ["kinesis-streams", "kinesis"],
  ["kinesis-firehose", "firehose"],
  ["emr-serverless", "emr-serverless"],
])("the actions of %s begin with %s", (service, prefix) => {
  expect(iamPrefix(service)).toBe(prefix);
});

/** What EMR and MWAA need of AWS's own, each with what may be done with it, and by whom. */
const catalogue: [service: string, sid: string, actions: string[], resource: string, condition: object][] = [
  ["s3", "AmazonLinuxPackages", ["s3:GetObject"], "arn:aws:s3:::al2023-repos-eu-north-1-de612dc2/*", {}],
  ["s3", "EmrPackages", ["s3:GetObject"], "arn:aws:s3:::repo.eu-north-1.emr.amazonaws.com/*", {}],
  ["s3", "EmrSystemLogs", ["s3:Put*"], "arn:aws:s3:::aws157-logs-prod-eu-north-1/*", {}],
  [
    "s3",
    "EmrApplicationHistory",
    ["s3:Put*", "s3:Get*", "s3:Create*", "s3:Abort*", "s3:List*"],
    "arn:aws:s3:::prod.eu-north-1.appinfo.src/*",
    {},
  ],
  ["s3", "EmrSteps", ["s3:GetObject"], "arn:aws:s3:::eu-north-1.elasticmapreduce/*", { Condition: own }],
  ["s3", "ImageLayers", ["s3:GetObject"], "arn:aws:s3:::prod-eu-north-1-starport-layer-bucket/*", {}],
  [
    "ecr.api",
    "MwaaImages",
    ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    "arn:aws:ecr:eu-north-1:*:repository/*",
    {},
  ],
  ["ecr.dkr", "MwaaRegistryToken", ["ecr:GetAuthorizationToken"], "*", {}],
  [
    "sqs",
    "MwaaTaskQueues",
    [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
    ],
    "arn:aws:sqs:eu-north-1:*:airflow-celery-*",
    { Condition: own },
  ],
];

describe("of AWS's own", () => {
  test.each(catalogue)("%s lets through %s", (service, sid, actions, resource, condition) => {
    expect(statement(service, sid)).toEqual({
      Sid: sid,
      Effect: "Allow",
      Principal: "*",
      Action: actions,
      Resource: [resource],
      ...condition,
    });
  });

  test("nothing is in the catalogue that is not listed here", () => {
    expect(awsOwned.map(({ sid }) => sid).sort()).toEqual(catalogue.map(([, sid]) => sid).sort());
  });

  test("nothing can be written but EMR's logs and history, and the queues of Airflow's tasks", () => {
    const writing = awsOwned.filter(({ actions }) =>
      actions.some((action) => /:(Put|Create|Delete|Send|Abort)/.test(action)),
    );
    expect(writing.map(({ sid }) => sid)).toEqual([
      "EmrSystemLogs",
      "EmrApplicationHistory",
      "MwaaTaskQueues",
    ]);
  });

  test("in us-east-1 EMR's logs are in a bucket without the region", () => {
    const virginia = { ...place, region: "us-east-1" };
    expect(statement("s3", "EmrSystemLogs", virginia)?.Resource).toEqual(["arn:aws:s3:::aws157-logs-prod/*"]);
  });

  test("another partition has its own ARNs", () => {
    expect(statement("sqs", "MwaaTaskQueues", { ...place, region: "us-gov-west-1" })?.Resource).toEqual([
      "arn:aws-us-gov:sqs:us-gov-west-1:*:airflow-celery-*",
    ]);
  });
});
