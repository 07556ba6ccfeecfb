import { opened } from "../../json";
import { boxOf, idOf } from "../box";
import type { Arrow, Box, Part } from "../drawing";
import { type Estate, type Resource, textOf } from "../estate";
import { dataBuckets, zoneId, zonesOf } from "./lake";

function ruleBox(estate: Estate, rule: Resource): Box {
  return boxOf([rule, ...estate.referring(rule, "aws_cloudwatch_event_target")], {
    title: "EventBridge rule",
    lines: [rule.name.replaceAll("_", " ")],
    kind: "message",
  });
}

function queueBox(estate: Estate, queue: Resource): Box {
  const policies = estate
    .all("aws_sqs_queue_policy")
    .filter((policy) => estate.named(policy, policy.body.queue_url).includes(queue));
  const days = Number(queue.body.message_retention_seconds ?? 345_600) / 86_400;
  return boxOf([queue, ...policies], {
    title: givenUpTo(estate).includes(queue) ? "Dead letters on SQS" : "Queue on SQS",
    lines: [queue.name.replaceAll("_", " "), `keeps messages ${days} days`],
    kind: "message",
  });
}

function redriven(estate: Estate, queue: Resource): readonly Resource[] {
  return estate
    .named(queue, opened(queue.body.redrive_policy))
    .filter(({ type }) => type === "aws_sqs_queue");
}

function givenUpTo(estate: Estate): readonly Resource[] {
  return estate.all("aws_sqs_queue").flatMap((queue) => redriven(estate, queue));
}

/** A rule about objects of a bucket hears of those under the prefixes it names. */
function heardArrows(estate: Estate, rule: Resource): readonly Arrow[] {
  const pattern = textOf(rule.body.event_pattern);
  const zones = estate
    .named(rule)
    .filter((resource) => dataBuckets(estate).includes(resource))
    .flatMap((bucket) => zonesOf(estate, bucket));
  return zones
    .filter(({ prefix }) => pattern.includes(`"prefix":"${prefix}`))
    .map((zone) => ({ from: zoneId(zone), to: idOf(rule), label: "new object" }));
}

function targetArrows(estate: Estate): readonly Arrow[] {
  return estate.all("aws_cloudwatch_event_target").flatMap((target) => {
    const [rule] = estate.named(target, target.body.rule);
    const [receiver] = estate.named(target, target.body.arn);
    return rule && receiver ? [{ from: idOf(rule), to: idOf(receiver) }] : [];
  });
}

/** What tells of new data: rules, queues and where messages go that nobody could use. */
export function messagePart(estate: Estate): Part {
  const queues = estate.all("aws_sqs_queue");
  const rules = estate
    .all("aws_cloudwatch_event_rule")
    .filter((rule) => heardArrows(estate, rule).length > 0);
  const redrive = queues.flatMap((queue) =>
    redriven(estate, queue).map((dead) => ({ from: idOf(queue), to: idOf(dead), label: "given up" })),
  );
  return {
    boxes: [...rules.map((rule) => ruleBox(estate, rule)), ...queues.map((queue) => queueBox(estate, queue))],
    arrows: [...rules.flatMap((rule) => heardArrows(estate, rule)), ...targetArrows(estate), ...redrive],
  };
}
