import type { Place } from "./arn";
import { admit, deliveryOf } from "./deliveries";
import { policyDocument, type Statement } from "./statement";

/** What a policy reads of a queue; `SqsQueue` of the provider fits. */
export interface QueueArn {
  readonly arn: string;
}

/** Source: Amazon SQS Developer Guide, "Amazon SQS security best practices", enforce encryption of data in transit. */
const denyPlainHttp = (queue: QueueArn): Statement => ({
  Sid: "DenyPlainHttp",
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: queue.arn,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/**
 * Policy of a queue that one rule of EventBridge fills, or to which it sends what it could not deliver; over TLS only.
 * It names the rule, which the policy of the queue's key cannot.
 */
export function eventQueuePolicy(place: Place, queue: QueueArn, ruleArn: string): string {
  return policyDocument(
    admit(deliveryOf("events", "sqs"), "policy", place, {
      sid: "FilledByEventRule",
      resource: queue.arn,
      condition: {
        StringEquals: { "aws:SourceAccount": place.accountId },
        ArnEquals: { "aws:SourceArn": ruleArn },
      },
    }),
    denyPlainHttp(queue),
  );
}
