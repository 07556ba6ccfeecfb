import type { Place } from "./arn";
import { servicePrincipal } from "./partition";
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

/** Policy of a queue that no service writes to: over TLS only, and IAM decides the rest. */
export function plainQueuePolicy(queue: QueueArn): string {
  return policyDocument(denyPlainHttp(queue));
}

/**
 * Policy of a queue that one rule of EventBridge fills, over TLS only.
 * Source: Amazon EventBridge User Guide, "Amazon SQS permissions".
 */
export function eventQueuePolicy(place: Place, queue: QueueArn, ruleArn: string): string {
  return policyDocument(
    {
      Sid: "FilledByEventRule",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("events", place.region) },
      Action: "sqs:SendMessage",
      Resource: queue.arn,
      Condition: {
        StringEquals: { "aws:SourceAccount": place.accountId },
        ArnEquals: { "aws:SourceArn": ruleArn },
      },
    },
    denyPlainHttp(queue),
  );
}
