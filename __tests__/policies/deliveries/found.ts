import type { Delivery } from "../../../policies/deliveries";
import { everyResource } from "../../stacks/synthesis";
import { type Resource, resolve, type Stacks, textsIn } from "./resolve";

/** A delivery that the synthesized JSON configures. */
export interface Found {
  /** `dev-events aws_cloudwatch_event_target.arrivals arn` */
  readonly at: string;
  readonly publisher: string;
  readonly target: Delivery["target"];
  /** What is delivered to; undefined where that is not a resource of the platform's. */
  readonly to?: Resource;
  /** What configures it. */
  readonly from: Resource;
}

type Pair = readonly [publisher: string, target: Delivery["target"]];

/** The attributes that make a service deliver something. */
const delivering: Readonly<Record<string, Pair>> = {
  "aws_budgets_budget.notification.subscriber_sns_topic_arns": ["budgets", "sns"],
  "aws_ce_anomaly_subscription.subscriber.address": ["costalerts", "sns"],
  "aws_cloudtrail.s3_bucket_name": ["cloudtrail", "s3"],
  "aws_cloudwatch_event_target.dead_letter_config.arn": ["events", "sqs"],
  "aws_cloudwatch_log_group.kms_key_id": ["logs", "logs"],
  "aws_cloudwatch_metric_alarm.alarm_actions": ["cloudwatch", "sns"],
  "aws_cloudwatch_metric_alarm.insufficient_data_actions": ["cloudwatch", "sns"],
  "aws_cloudwatch_metric_alarm.ok_actions": ["cloudwatch", "sns"],
  "aws_db_instance.enabled_cloudwatch_logs_exports": ["rds", "logs"],
  "aws_db_instance.monitoring_role_arn": ["monitoring.rds", "logs"],
  "aws_ec2_client_vpn_endpoint.connection_log_options.cloudwatch_log_group": ["clientvpn", "logs"],
  "aws_flow_log.log_destination": ["vpc-flow-logs", "logs"],
  "aws_msk_cluster.logging_info.broker_logs.cloudwatch_logs.log_group": ["kafka", "logs"],
  "aws_s3_bucket_logging.target_bucket": ["logging.s3", "s3"],
  "aws_s3_bucket_notification.eventbridge": ["s3", "events"],
  "aws_sqs_queue.redrive_policy": ["sqs", "sqs"],
};

const services: Readonly<Record<string, Delivery["target"]>> = {
  aws_cloudwatch_log_group: "logs",
  aws_sns_topic: "sns",
  aws_sqs_queue: "sqs",
};

/** The attributes that name a topic, a queue or a log group, or react to a bucket, and make no service deliver. */
const others = new Set([
  "aws_cloudwatch_metric_alarm.dimensions.QueueName",
  "aws_emrserverless_application.monitoring_configuration.cloudwatch_logging_configuration.log_group_name", // a job's role writes
  "aws_s3_bucket_notification.bucket",
  "aws_secretsmanager_secret_version.secret_string",
  "aws_sns_topic_policy.arn",
  "aws_sns_topic_subscription.topic_arn",
  "aws_sqs_queue_policy.queue_url",
  "aws_sqs_queue_redrive_allow_policy.queue_url",
]);

const documents = /\.(policy|redrive_allow_policy|assume_role_policy|depends_on|dashboard_body)$/;

function pairOf(attribute: string, to: Resource | undefined): Pair | undefined {
  // An anomaly's subscriber is a mail address, or a topic.
  if (attribute === "aws_ce_anomaly_subscription.subscriber.address" && to === undefined) return undefined;
  if (attribute === "aws_cloudwatch_event_target.arn")
    return ["events", services[to?.type ?? ""] ?? "events"];
  return delivering[attribute];
}

/** Whether an attribute that is not known may be a delivery: it leads to such a target, or is a bucket's notification. */
function suspicious(attribute: string, to: Resource | undefined): boolean {
  if (others.has(attribute) || documents.test(attribute)) return false;
  return attribute.startsWith("aws_s3_bucket_notification.") || services[to?.type ?? ""] !== undefined;
}

/** One attribute of one resource, and the resource that it refers to. */
interface Setting {
  readonly at: string;
  readonly attribute: string;
  readonly from: Resource;
  readonly to?: Resource;
}

function settingsOf(stacks: Stacks, from: Resource): Setting[] {
  const { stack, type, name, block } = from;
  return textsIn(block).map(({ path, text }) => {
    // The key of a log group is asked by the group itself.
    const own = type === "aws_cloudwatch_log_group" && path === "kms_key_id";
    const to = own ? from : resolve(stacks, stack, text);
    return {
      at: `${stack} ${type}.${name} ${path}`,
      attribute: `${type}.${path}`,
      from,
      ...(to ? { to } : {}),
    };
  });
}

/** Every delivery of the stacks, and the attributes that may be one and are not known. */
export function deliveriesIn(stacks: Stacks): { found: Found[]; unknown: string[] } {
  const all = [...stacks].flatMap(([stack, json]) => everyResource(json).map((one) => ({ stack, ...one })));
  const settings = all.flatMap((one) => settingsOf(stacks, one));
  const found = settings.flatMap(({ attribute, ...rest }): Found[] => {
    const [publisher, target] = pairOf(attribute, rest.to) ?? [];
    return publisher === undefined || target === undefined ? [] : [{ ...rest, publisher, target }];
  });
  const unknown = settings.filter(
    ({ attribute, to }) => pairOf(attribute, to) === undefined && suspicious(attribute, to),
  );
  return { found, unknown: unknown.map(({ at }) => at) };
}
