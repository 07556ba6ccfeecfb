import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SqsQueue, type SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { Construct } from "constructs";
import type { Place } from "../../policies/arn";
import { eventQueuePolicy } from "../../policies/sqs";

export interface EventQueueProps {
  /** Name of the queue and of the rule; the dead-letter queue's is `<name>-dead`. */
  readonly name: string;
  /** What the rule lets through. */
  readonly description: string;
  /** Pattern of the events, as EventBridge reads it. */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** Key of the messages; its policy admits EventBridge. */
  readonly key: KmsKey;
  readonly place: Place;
}

const day = 24 * 60 * 60;

/**
 * A message that is set aside keeps the age it has, so it is kept longer there: seven days, and fourteen, the longest.
 * Source: Amazon SQS Developer Guide, "Using dead-letter queues in Amazon SQS", message retention.
 */
const retention = { queue: 7 * day, deadLetters: 14 * day };

/**
 * How long whoever received a message has to delete it, in seconds. The DAG looks every five minutes: shorter, and a
 * message that nobody can read would be back before the next look.
 */
const visibilityTimeout = 5 * 60;

/** How often a message is received until it is set aside: nobody could read it for the better part of an hour. */
const receives = 5;

/**
 * How long EventBridge tries to deliver an event before it goes to the dead-letter queue: its own defaults and maxima,
 * written down. Source: Amazon EventBridge User Guide, "How EventBridge retries delivering events".
 */
const retries = { maximumEventAgeInSeconds: day, maximumRetryAttempts: 185 };

/**
 * A rule of EventBridge that fills a queue, and a dead-letter queue for the messages that nobody could read and the events
 * that EventBridge could not deliver; both have the form of the event. Both queues are encrypted and take messages over
 * TLS only.
 * Sources: Amazon EventBridge User Guide, "Amazon SQS permissions" and "Using dead-letter queues to process undelivered
 * events"; Amazon SQS Developer Guide, "Using dead-letter queues in Amazon SQS".
 */
export class EventQueue extends Construct {
  readonly queue: SqsQueue;
  readonly deadLetters: SqsQueue;
  readonly rule: CloudwatchEventRule;

  constructor(scope: Construct, id: string, props: EventQueueProps) {
    super(scope, id);
    const { name, place } = props;
    this.deadLetters = this.encrypted("dead", props.key, {
      name: `${name}-dead`,
      messageRetentionSeconds: retention.deadLetters,
    });
    this.queue = this.encrypted("sqs_queue", props.key, {
      name,
      messageRetentionSeconds: retention.queue,
      visibilityTimeoutSeconds: visibilityTimeout,
      receiveWaitTimeSeconds: 20,
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: this.deadLetters.arn,
        maxReceiveCount: receives,
      }),
    });
    new SqsQueueRedriveAllowPolicy(this, "dead_from_queue", {
      queueUrl: this.deadLetters.url,
      redriveAllowPolicy: JSON.stringify({
        redrivePermission: "byQueue",
        sourceQueueArns: [this.queue.arn],
      }),
    });
    this.rule = new CloudwatchEventRule(this, "rule", {
      name,
      description: props.description,
      eventPattern: JSON.stringify(props.pattern),
    });
    this.deliver(place);
  }

  private deliver(place: Place): void {
    const admitted = (id: string, queue: SqsQueue) =>
      new SqsQueuePolicy(this, id, {
        queueUrl: queue.url,
        policy: eventQueuePolicy(place, queue, this.rule.arn),
      });
    new CloudwatchEventTarget(this, "target", {
      rule: this.rule.name,
      targetId: "queue",
      arn: this.queue.arn,
      retryPolicy: retries,
      deadLetterConfig: { arn: this.deadLetters.arn },
      // What a rule sends to a queue that does not let it in is lost.
      dependsOn: [admitted("policy", this.queue), admitted("dead_policy", this.deadLetters)],
    });
  }

  private encrypted(id: string, key: KmsKey, own: SqsQueueConfig): SqsQueue {
    return new SqsQueue(this, id, {
      kmsMasterKeyId: key.arn,
      // A data key serves for an hour instead of five minutes, so that KMS is asked a twelfth as often.
      kmsDataKeyReusePeriodSeconds: 3600,
      ...own,
    });
  }
}
