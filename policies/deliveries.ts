import type { Place } from "./arn";
import { servicePrincipal } from "./partition";
import type { Statement } from "./statement";

/** What a policy has to allow a publisher, and the condition keys that may restrict it: what AWS does not send never matches. */
export interface Grant {
  readonly actions: readonly string[];
  readonly conditions: readonly string[];
}

/** One way by which a service of AWS delivers something to a resource of the platform. */
export interface Delivery {
  /** The service principal without its domain. */
  readonly publisher: string;
  readonly target: "events" | "logs" | "s3" | "sns" | "sqs";
  /** The grant in the target's own policy. @default none: `note` says what admits the publisher instead */
  readonly policy?: Grant;
  /** The grant in the policy of the target's key. @default none: no customer managed key, or nobody asks it */
  readonly key?: Grant;
  /** The role that the publisher takes: what it may do there, and what its trust may ask for. @default no role */
  readonly role?: Grant;
  readonly note?: string;
  /** The pages of AWS that say so, by title. */
  readonly sources: readonly string[];
}

const account = "aws:SourceAccount";
const arn = "aws:SourceArn";
const topicKey = ["kms:Decrypt", "kms:GenerateDataKey*"];
const publish = { actions: ["sns:Publish"], conditions: [account, arn] };
const snsKeys = 'Amazon SNS Developer Guide, "Managing Amazon SNS encryption keys and costs"';
const ownRole = "The service's own service-linked role writes there.";

/**
 * Every pair of publisher and target in the platform's stacks. Policies are built from it by `admit`, and a test holds
 * the synthesized JSON against it: a delivery that a policy refuses is lost without an error.
 */
export const deliveries: readonly Delivery[] = [
  {
    publisher: "cloudwatch",
    target: "sns",
    policy: publish,
    key: { actions: topicKey, conditions: [account, arn] },
    sources: ['Amazon SNS Developer Guide, "Example cases for Amazon SNS access control"', snsKeys],
  },
  {
    publisher: "events",
    target: "sns",
    policy: { actions: ["sns:Publish"], conditions: [] },
    key: { actions: topicKey, conditions: [] },
    note: "EventBridge publishes without a source: a condition on it, in either policy, loses every event.",
    sources: [
      'Amazon EventBridge User Guide, "Using resource-based policies for Amazon EventBridge", Amazon SNS permissions',
      snsKeys,
    ],
  },
  {
    publisher: "budgets",
    target: "sns",
    policy: publish,
    key: { actions: topicKey, conditions: [account, arn] },
    sources: ['AWS Cost Management User Guide, "Creating an Amazon SNS topic for budget notifications"'],
  },
  {
    publisher: "costalerts",
    target: "sns",
    policy: publish,
    key: { actions: topicKey, conditions: [account, arn] },
    sources: ['AWS Cost Management User Guide, "Creating an Amazon SNS topic for anomaly notifications"'],
  },
  {
    publisher: "events",
    target: "sqs",
    policy: { actions: ["sqs:SendMessage"], conditions: [account, arn] },
    key: { actions: ["kms:Decrypt", "kms:GenerateDataKey"], conditions: [] },
    note: "The guide's key statement has no condition, and topics show that EventBridge sends KMS no source; the queue's policy names the rule.",
    sources: [
      'Amazon EventBridge User Guide, "Using resource-based policies for Amazon EventBridge", Amazon SQS permissions',
      'Amazon EventBridge User Guide, "Using dead-letter queues to process undelivered events"',
    ],
  },
  {
    publisher: "sqs",
    target: "sqs",
    note: "The dead-letter queue's redrive allow policy names the queue; messages keep the data key they have.",
    sources: ['Amazon SQS Developer Guide, "Using dead-letter queues in Amazon SQS"'],
  },
  {
    publisher: "s3",
    target: "events",
    note: "The bus of the bucket's account takes events of AWS's services without a policy.",
    sources: ['Amazon S3 User Guide, "Enabling Amazon EventBridge"'],
  },
  {
    publisher: "logging.s3",
    target: "s3",
    policy: { actions: ["s3:PutObject"], conditions: [account, arn] },
    note: "The target takes S3's own encryption only (SSE-S3).",
    sources: [
      'Amazon S3 User Guide, "Enabling Amazon S3 server access logging", permissions for log delivery',
    ],
  },
  {
    publisher: "cloudtrail",
    target: "s3",
    policy: { actions: ["s3:GetBucketAcl", "s3:PutObject"], conditions: [account, arn, "s3:x-amz-acl"] },
    key: {
      actions: ["kms:GenerateDataKey*", "kms:DescribeKey"],
      conditions: [account, arn, "kms:EncryptionContext:aws:cloudtrail:arn"],
    },
    sources: [
      'AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"',
      'AWS CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail"',
    ],
  },
  {
    publisher: "logs",
    target: "logs",
    key: {
      actions: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      conditions: ["kms:EncryptionContext:aws:logs:arn"],
    },
    note: "CloudWatch Logs itself, which encrypts the lines of a log group whoever writes them.",
    sources: ['Amazon CloudWatch Logs User Guide, "Encrypt log data using AWS KMS"'],
  },
  {
    publisher: "vpc-flow-logs",
    target: "logs",
    role: {
      actions: [
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
      ],
      conditions: [account, arn],
    },
    sources: ['Amazon VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs"'],
  },
  {
    publisher: "monitoring.rds",
    target: "logs",
    role: {
      actions: ["logs:PutLogEvents", "logs:CreateLogStream"],
      conditions: [account, arn],
    },
    note: "AmazonRDSEnhancedMonitoringRole, AWS's own policy, has the actions.",
    sources: ['Amazon RDS User Guide, "Setting up and enabling Enhanced Monitoring"'],
  },
  {
    publisher: "clientvpn",
    target: "logs",
    note: ownRole,
    sources: ['AWS Client VPN Administrator Guide, "Using service-linked roles for AWS Client VPN"'],
  },
  {
    publisher: "kafka",
    target: "logs",
    note: "CloudWatch's log delivery writes there, admitted by the account's policy of logs, which whoever creates the cluster extends.",
    sources: [
      'Amazon MSK Developer Guide, "Amazon MSK logging"',
      'Amazon CloudWatch Logs User Guide, "Enable logging from AWS services"',
    ],
  },
  {
    publisher: "rds",
    target: "logs",
    note: ownRole,
    sources: ['Amazon RDS User Guide, "Using service-linked roles for Amazon RDS"'],
  },
];

/** The row of a pair. */
export function deliveryOf(publisher: string, target: Delivery["target"]): Delivery {
  const found = deliveries.find((row) => row.publisher === publisher && row.target === target);
  if (found === undefined) throw new Error(`${publisher} to ${target} is not in policies/deliveries.ts`);
  return found;
}

/** What a statement says besides principal and actions. */
export interface Admission {
  readonly sid: string;
  /** @default `*`: in a key policy the key itself */
  readonly resource?: Statement["Resource"];
  /** Those of the row's actions that this resource knows. @default all of them */
  readonly actions?: readonly string[];
  /** @default unconditional */
  readonly condition?: Statement["Condition"];
}

/**
 * The statement that admits a publisher, in the policy of the target or of its key.
 *
 * @throws Error where the row has no such grant, or AWS does not support a condition key there
 */
export function admit(
  delivery: Delivery,
  policy: "policy" | "key",
  place: Place,
  { sid, resource = "*", actions, condition }: Admission,
): Statement {
  const grant = delivery[policy];
  const pair = `${delivery.publisher} to ${delivery.target}`;
  if (grant === undefined) throw new Error(`${pair} needs no statement in this ${policy}`);
  const keys = Object.values(condition ?? {}).flatMap((one) => Object.keys(one));
  const unsupported = keys.filter((key) => !grant.conditions.includes(key));
  if (unsupported.length > 0) throw new Error(`${pair} does not support ${unsupported.join(", ")}`);
  const allowed = actions ?? grant.actions;
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Service: servicePrincipal(delivery.publisher, place.region) },
    Action: allowed.length === 1 ? (allowed[0] ?? "") : allowed,
    Resource: resource,
    ...(condition ? { Condition: condition } : {}),
  };
}
