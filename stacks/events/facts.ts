import { z } from "zod";
import { stackFacts, text } from "../core/stack-facts";

const queue = z.strictObject({ url: text, arn: text, dead_letter_arn: text });

/** Whether raw data starts the pipeline when it has arrived; the queue is present only when events are on. */
export const eventsFacts = stackFacts("events", {
  dags: z
    .strictObject({
      quiet_minutes: z
        .int()
        .min(0)
        .max(604_800)
        .describe("Minutes without anything new after which a batch of raw data is complete"),
      queue: queue
        .optional()
        .describe("The queue that says what arrived under raw, and its dead-letter queue"),
    })
    .describe("Whether raw data starts the pipeline when it has arrived."),
  outputs: z.strictObject({
    event_queue_arn: text.optional().describe("The queue that says what arrived under raw"),
    event_queue_name: text.optional().describe("Name of that queue"),
    event_dead_letter_queue_name: text
      .optional()
      .describe("Name of the queue of messages that were given up"),
    event_rule_name: text.optional().describe("Name of the rule that fills the queue"),
    event_kms_key_arn: text.optional().describe("Key of both queues"),
  }),
});
