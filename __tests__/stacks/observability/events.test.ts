import { resolve as pathOf } from "node:path";
import { loadEnvironments } from "../../../config";
import { type Resource, resolve, type Stacks } from "../../policies/deliveries/resolve";
import { type Block, everyResource, stacksOf } from "../synthesis";
import { sampleEvents } from "./sample-events";

let stacks: Stacks;

beforeAll(async () => {
  stacks = stacksOf(await loadEnvironments(pathOf("environments")));
}, 60_000); // all environments are synthesized, on whatever machine

const ofType = (type: string): Resource[] =>
  [...stacks].flatMap(([stack, json]) =>
    everyResource(json)
      .filter((one) => one.type === type)
      .map((one) => ({ stack, ...one })),
  );

const addressOf = (one: Resource | undefined) => `${one?.stack} ${one?.type}.${one?.name}`;

test("every rule has an alarm on what it cannot deliver", () => {
  const rules = ofType("aws_cloudwatch_event_rule");
  // Two of EMR in staging and prod each; in dev one of EMR Serverless, and the arrivals.
  expect(rules).toHaveLength(6);
  const alarms = ofType("aws_cloudwatch_metric_alarm").filter(
    ({ block }) => block.namespace === "AWS/Events" && block.metric_name === "FailedInvocations",
  );
  const watched = alarms.map(({ stack, block }) => resolve(stacks, stack, block.dimensions.RuleName));
  expect(watched.map(addressOf).sort()).toEqual(rules.map(addressOf).sort());
  for (const { block } of alarms) expect(block.treat_missing_data).toBe("notBreaching");
});

test("an event that nobody can see again is kept: where a rule fills a queue, it has a dead-letter queue and retries", () => {
  const targets = ofType("aws_cloudwatch_event_target");
  const queues = targets.filter(
    ({ stack, block }) => resolve(stacks, stack, block.arn)?.type === "aws_sqs_queue",
  );
  expect([targets.length, queues.length]).toEqual([6, 1]);
  for (const { stack, block } of queues) {
    const dead = resolve(stacks, stack, block.dead_letter_config.arn);
    expect(dead?.block.name).toMatch(/-dead$/);
    expect(block.retry_policy).toEqual({ maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 });
  }
});

/**
 * Returns what EventBridge sends to the target for an event. EventBridge does not say that it escapes a value inside a
 * quoted text, so none is escaped here. Source: Amazon EventBridge User Guide, "Amazon EventBridge input transformation".
 */
function rendered({ input_paths, input_template }: Block, event: object): string {
  const valueAt = (path: string): unknown =>
    path
      .slice("$.".length)
      .split(".")
      .reduce<Block>((value, key) => value?.[key], event);
  return input_template.replaceAll(/<(\w+)>/g, (_: string, name: string) =>
    String(valueAt(input_paths[name])),
  );
}

describe("the mail of an event", () => {
  const transformers = () =>
    ofType("aws_cloudwatch_event_target").flatMap(({ stack, name, block }) => {
      const rule = resolve(stacks, stack, block.rule);
      const [detailType = ""] = JSON.parse(rule?.block.event_pattern)["detail-type"];
      return block.input_transformer ? [{ name, detailType, transformer: block.input_transformer }] : [];
    });

  test("is one plain text, whatever quotation marks and line breaks the event has", () => {
    expect(transformers()).toHaveLength(5);
    for (const { name, detailType, transformer } of transformers()) {
      const mail = JSON.parse(rendered(transformer, sampleEvents[detailType] ?? {}));
      expect(mail).toMatch(/docs\/runbooks\.md#[a-z-]+ - \w+: /);
      expect({ name, mail }).not.toEqual({ name, mail: expect.stringMatching(/undefined|[<>{}"\n]/) });
    }
  });

  test("would not be sent with JSON in it", () => {
    const transformer = {
      input_paths: { reason: "$.detail.stateChangeReason" },
      input_template: '"An EMR cluster ended - reason: <reason>"',
    };
    const event = sampleEvents["EMR Cluster State Change"] ?? {};
    expect(() => JSON.parse(rendered(transformer, event))).toThrow(SyntaxError);
  });
});
