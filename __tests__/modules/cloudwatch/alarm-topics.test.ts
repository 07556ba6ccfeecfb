import { only, ref, resources } from "../../stacks/synthesis";
import { withAlarms } from "./alarm-scope";

const json = withAlarms(() => {});
const account = { StringEquals: { "aws:SourceAccount": "111111111111" } };
/** EventBridge sends no source: a condition on it would lose every event. */
const publishers: [name: string, service: string, conditions: object][] = [
  ["Alarms", "cloudwatch.amazonaws.com", { Condition: account }],
  ["EventRules", "events.amazonaws.com", {}],
  ["Budgets", "budgets.amazonaws.com", { Condition: account }],
  ["CostAnomalies", "costalerts.amazonaws.com", { Condition: account }],
];

test("there is a topic for each severity, both under a key of their own that rotates", () => {
  const key = ref("aws_kms_key.alarms_key.arn");
  expect(resources(json, "aws_sns_topic", 2)).toEqual({
    alarms_critical: { name: "x-alarms-critical", kms_master_key_id: key },
    alarms_warning: { name: "x-alarms-warning", kms_master_key_id: key },
  });
  expect(only(json, "aws_kms_key")).toMatchObject({ enable_key_rotation: true });
});

test("the key serves the services that publish, for this account where they say so", () => {
  const [iam, ...others] = JSON.parse(only(json, "aws_kms_key").policy).Statement;
  expect(iam.Sid).toBe("DelegatedToIam");
  expect(others).toEqual(
    publishers.map(([name, service, conditions]) => ({
      Sid: `UsedBy${name}`,
      Effect: "Allow",
      Principal: { Service: service },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      ...conditions,
    })),
  );
});

test.each(["critical", "warning"])("services publish to the %s one, over TLS", (severity) => {
  const policies = resources(json, "aws_sns_topic_policy", 2);
  const { arn, policy } = policies[`alarms_${severity}_publishers`];
  expect(arn).toBe(ref(`aws_sns_topic.alarms_${severity}.arn`));
  expect(JSON.parse(policy).Statement).toEqual([
    ...publishers.map(([name, service, conditions]) => ({
      Sid: `PublishedBy${name}`,
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sns:Publish",
      Resource: arn,
      ...conditions,
    })),
    {
      Sid: "OnlyOverTls",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: arn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
});

test("each address is told of its severity, and none is in an address of Terraform", () => {
  const mail = (severity: string, endpoint: string) => ({
    topic_arn: ref(`aws_sns_topic.alarms_${severity}.arn`),
    protocol: "email",
    endpoint,
  });
  expect(resources(json, "aws_sns_topic_subscription", 3)).toEqual({
    alarms_critical_mail_0: mail("critical", "a@example.com"),
    alarms_warning_mail_0: mail("warning", "b@example.com"),
    alarms_warning_mail_1: mail("warning", "c@example.com"),
  });
});
