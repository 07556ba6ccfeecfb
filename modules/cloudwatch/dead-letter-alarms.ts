import type { Construct } from "constructs";
import { AlarmGroup, type AlarmScope } from "./alarm-group";

/**
 * An alarm on messages that nobody could work off: it stands until the dead-letter queue is empty again.
 * Source: Amazon SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS".
 */
export class DeadLetterAlarms extends AlarmGroup {
  constructor(scope: Construct, id: string, alarms: AlarmScope, queueName: string) {
    super(scope, id, alarms);
    const name = "ApproximateNumberOfMessagesVisible";
    this.watch(
      "dead_letters",
      {
        severity: "warning",
        says: "Messages about raw data that arrived were given up.",
        runbook: "arrivals-dead-letters",
      },
      { metric: { namespace: "AWS/SQS", name, dimensions: { QueueName: queueName }, statistic: "Maximum" } },
      // A queue that nobody has used for hours sends no metrics.
      { comparison: "at_least", threshold: 1, period: 300, periods: 1, missing: "ignore" },
    );
  }
}
