import { dev, prod } from "../environments";
import { only, pick, ref, resources, stacksOf } from "../synthesis";

const stacks = stacksOf([dev, prod]);
const json = pick(stacks, "dev-events");
const bucket = ref("data.terraform_remote_state.lake.outputs.data_bucket");

describe("where events are on", () => {
  test("the data bucket tells EventBridge what happens in it", () => {
    expect(only(json, "aws_s3_bucket_notification")).toEqual({ bucket, eventbridge: true });
  });

  test("the rule lets new objects of datasets through, and neither empty ones nor names that begin with _", () => {
    const { source, detail, ...rest } = JSON.parse(only(json, "aws_cloudwatch_event_rule").event_pattern);
    expect({ source, ...rest }).toEqual({ source: ["aws.s3"], "detail-type": ["Object Created"] });
    expect(detail.bucket).toEqual({ name: [bucket] });
    expect(detail.object.size).toEqual([{ numeric: [">", 0] }]);
    const prefixes: { prefix: string }[] = detail.object.key;
    expect(prefixes).toHaveLength(26);
    const passes = (key: string) => prefixes.some(({ prefix }) => key.startsWith(prefix));
    expect(["raw/orders/run_date=2025-03-08/a.csv.gz", "raw/zoo/a"].map(passes)).toEqual([true, true]);
    expect(["raw/_generating/orders/a", "raw/", "staged/orders/a", "raw.csv"].map(passes)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  /** Source: Amazon EventBridge User Guide, "Amazon EventBridge quotas", event pattern size. */
  test("the rule's pattern is as short as EventBridge wants it", () => {
    expect(only(json, "aws_cloudwatch_event_rule").event_pattern.length).toBeLessThan(2048);
  });

  /** EventBridge asks KMS without a source: the queues' policies name the rule. */
  test("the key of the messages serves EventBridge without a condition", () => {
    const [delegated, rules, ...others] = JSON.parse(only(json, "aws_kms_key").policy).Statement;
    expect(others).toEqual([]);
    expect(delegated.Sid).toBe("DelegatedToIam");
    expect(rules).toEqual({
      Sid: "UsedByEventRules",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
    });
  });

  test("the DAGs are told where the queues are", () => {
    expect(JSON.parse(only(json, "aws_secretsmanager_secret_version").secret_string)).toEqual({
      quiet_minutes: 5,
      queue: {
        url: ref("aws_sqs_queue.arrivals.url"),
        arn: ref("aws_sqs_queue.arrivals.arn"),
        dead_letter_arn: ref("aws_sqs_queue.arrivals_dead.arn"),
      },
    });
  });

  test("Airflow may take messages from that queue and read them, and nothing else", () => {
    const { airflow_execution_arrivals } = resources(
      pick(stacks, "dev-orchestration"),
      "aws_iam_role_policy",
      5,
    );
    const event = (output: string) => ref(`data.terraform_remote_state.events.outputs.${output}`);
    expect(JSON.parse(airflow_execution_arrivals.policy).Statement).toEqual([
      {
        Sid: "ReceiveArrivals",
        Effect: "Allow",
        Action: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
        Resource: event("event_queue_arn"),
      },
      {
        Sid: "DecryptArrivals",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: event("event_kms_key_arn"),
        Condition: { StringEquals: { "kms:ViaService": "sqs.eu-north-1.amazonaws.com" } },
      },
    ]);
  });
});

describe("where events are off", () => {
  const off = pick(stacks, "prod-events");

  test("there is nothing but the fact that says so", () => {
    expect(Object.keys(off.resource ?? {}).sort()).toEqual([
      "aws_secretsmanager_secret",
      "aws_secretsmanager_secret_version",
    ]);
    const facts = JSON.parse(only(off, "aws_secretsmanager_secret_version").secret_string);
    expect(facts).toEqual({ quiet_minutes: 15 });
    expect(Object.keys(off.output ?? {})).toEqual(["quiet_minutes"]);
  });

  test("Airflow may read no queue but its own", () => {
    const policies = pick(stacks, "prod-orchestration").resource?.aws_iam_role_policy ?? {};
    expect(Object.keys(policies)).toContain("airflow_execution_store");
    expect(policies.airflow_execution_arrivals).toBeUndefined();
  });
});
