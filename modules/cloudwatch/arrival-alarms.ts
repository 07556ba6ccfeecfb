import type { Construct } from "constructs";
import type { AlarmGroupProps, Metric } from "./alarm-group";
import { EventAlarmGroup } from "./event-alarm-group";

export interface ArrivalAlarmsProps extends AlarmGroupProps {
  /** Name of the rule that says what arrived. */
  readonly rule: string;
  /** Name of the queue that it fills. */
  readonly queue: string;
  /** Name of the queue of what could not be delivered or read. */
  readonly deadLetters: string;
}

/**
 * Minutes that a message may wait. The DAG looks every five minutes, and a message that nobody can read is set aside after
 * five times: half an hour.
 */
const waitingMinutes = 60;

/**
 * Alarms on the way from raw data that arrived to its run: events that were not delivered, messages that nobody takes, and
 * messages that were given up; the last stands until the dead-letter queue is empty again.
 * Source: Amazon SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS".
 */
export class ArrivalAlarms extends EventAlarmGroup {
  constructor(scope: Construct, id: string, props: ArrivalAlarmsProps) {
    super(scope, id, props);
    this.watch(
      "dead_letters",
      {
        severity: "warning",
        says: "Messages about raw data that arrived were given up, or could not be delivered.",
        runbook: "arrivals-dead-letters",
      },
      { metric: ofQueue(props.deadLetters, "ApproximateNumberOfMessagesVisible") },
      { comparison: "at_least", threshold: 1, period: 300, periods: 1 },
    );
    this.watch(
      "waiting",
      {
        severity: "warning",
        says: `A message about raw data that arrived has waited for ${waitingMinutes} minutes.`,
        runbook: "arrivals-waiting",
      },
      { metric: ofQueue(props.queue, "ApproximateAgeOfOldestMessage") },
      { comparison: "at_least", threshold: waitingMinutes * 60, period: 300, periods: 1 },
    );
    this.watchDelivery("undelivered", props.rule, "critical");
  }
}

function ofQueue(queue: string, name: string): Metric {
  return { namespace: "AWS/SQS", name, dimensions: { QueueName: queue }, statistic: "Maximum" };
}
