import type { Construct } from "constructs";
import { AlarmGroup, type AlarmGroupProps } from "./alarm-group";

export interface DeadLetterAlarmsProps extends AlarmGroupProps {
  readonly queueName: string;
}

/**
 * An alarm on messages that nobody could work off: it stands until the dead-letter queue is empty again.
 * Source: Amazon SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS".
 */
export class DeadLetterAlarms extends AlarmGroup {
  constructor(scope: Construct, id: string, props: DeadLetterAlarmsProps) {
    super(scope, id, props);
    const name = "ApproximateNumberOfMessagesVisible";
    this.watch(
      "dead_letters",
      {
        severity: "warning",
        says: "Messages about raw data that arrived were given up.",
        runbook: "arrivals-dead-letters",
      },
      {
        metric: {
          namespace: "AWS/SQS",
          name,
          dimensions: { QueueName: props.queueName },
          statistic: "Maximum",
        },
      },
      // A queue that nobody has used for hours sends no metrics.
      { comparison: "at_least", threshold: 1, period: 300, periods: 1, missing: "ignore" },
    );
  }
}
