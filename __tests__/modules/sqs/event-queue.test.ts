import { EncryptionKey } from "../../../modules/kms/encryption-key";
import { EventQueue } from "../../../modules/sqs/event-queue";
import { only, ref, resources, synthesizeModule } from "../../stacks/synthesis";

const json = synthesizeModule((stack) => {
  const { key } = new EncryptionKey(stack, "messages", { alias: "x", description: "messages", policy: "{}" });
  new EventQueue(stack, "arrivals", {
    name: "x-arrivals",
    description: "New objects",
    pattern: { source: ["aws.s3"] },
    key,
    place: { region: "eu-north-1", accountId: "111111111111" },
  });
});
const queues = resources(json, "aws_sqs_queue", 2);
const [queue, dead, rule] = [
  "aws_sqs_queue.arrivals",
  "aws_sqs_queue.arrivals_dead",
  "aws_cloudwatch_event_rule.arrivals",
];
const arn = (address: string) => ref(`${address}.arn`);

test("both queues are encrypted with the key", () => {
  for (const { kms_master_key_id, kms_data_key_reuse_period_seconds } of Object.values(queues)) {
    expect(kms_master_key_id).toBe(ref("aws_kms_key.messages.arn"));
    expect(kms_data_key_reuse_period_seconds).toBe(3600);
  }
});

test("a message comes back after five minutes, and is set aside when it was received five times", () => {
  expect(queues.arrivals).toMatchObject({ name: "x-arrivals", visibility_timeout_seconds: 300 });
  expect(JSON.parse(queues.arrivals.redrive_policy)).toEqual({
    deadLetterTargetArn: arn(dead),
    maxReceiveCount: 5,
  });
});

test("what is set aside is kept longer than what waits, and as long as SQS keeps anything", () => {
  expect(queues.arrivals.message_retention_seconds).toBe(7 * 86_400);
  expect(queues.arrivals_dead).toMatchObject({
    name: "x-arrivals-dead",
    message_retention_seconds: 14 * 86_400,
  });
  expect(queues.arrivals_dead.redrive_policy).toBeUndefined();
});

test("only this queue may set messages aside there", () => {
  const { queue_url, redrive_allow_policy } = only(json, "aws_sqs_queue_redrive_allow_policy");
  expect(queue_url).toBe(ref(`${dead}.url`));
  expect(JSON.parse(redrive_allow_policy)).toEqual({
    redrivePermission: "byQueue",
    sourceQueueArns: [arn(queue)],
  });
});

test("the rule fills the queue once both queues let it in, tries for a day, and sets aside what it cannot deliver", () => {
  expect(only(json, "aws_cloudwatch_event_rule")).toEqual({
    name: "x-arrivals",
    description: "New objects",
    event_pattern: '{"source":["aws.s3"]}',
  });
  expect(only(json, "aws_cloudwatch_event_target")).toEqual({
    rule: ref(`${rule}.name`),
    target_id: "queue",
    arn: arn(queue),
    retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
    dead_letter_config: { arn: arn(dead) },
    depends_on: ["aws_sqs_queue_policy.arrivals", "aws_sqs_queue_policy.arrivals_dead_policy"],
  });
});

test.each([
  ["arrivals", queue],
  ["arrivals_dead_policy", dead],
])("the queue of %s takes messages over TLS only, from the rule and nobody else", (name, address) => {
  const policies = resources(json, "aws_sqs_queue_policy", 2);
  expect(policies[name].queue_url).toBe(ref(`${address}.url`));
  expect(JSON.parse(policies[name].policy).Statement).toEqual([
    {
      Sid: "FilledByEventRule",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: arn(address),
      Condition: {
        StringEquals: { "aws:SourceAccount": "111111111111" },
        ArnEquals: { "aws:SourceArn": arn(rule) },
      },
    },
    {
      Sid: "DenyPlainHttp",
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: arn(address),
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
});
