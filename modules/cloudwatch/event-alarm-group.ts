import { AlarmGroup } from "./alarm-group";
import type { Severity } from "./alarm-topics";
import { EventAlarm, type EventAlarmProps } from "./event-alarm";

/** Alarms on metrics and on events of one kind of resource. */
export class EventAlarmGroup extends AlarmGroup {
  readonly events: EventAlarm[] = [];

  /** Raises an alarm on an event, and one on its not being delivered; none of both where the environment wants no alarms. */
  protected notifyOf(id: string, props: Omit<EventAlarmProps, "alarmScope">): void {
    if (!this.alarmScope.alarmed) return;
    const event = new EventAlarm(this, id, { ...props, alarmScope: this.alarmScope });
    this.events.push(event);
    this.watchDelivery(`${id}_undelivered`, event.rule.name, props.notice.severity);
  }

  /**
   * Raises an alarm when EventBridge gives up on what a rule matched. CloudWatch publishes it by a grant of its own, so
   * that it arrives where the event could not.
   * Source: Amazon EventBridge User Guide, "Monitoring Amazon EventBridge".
   */
  protected watchDelivery(id: string, rule: string, severity: Severity): void {
    const dimensions = { RuleName: rule };
    this.watch(
      id,
      {
        severity,
        says: "EventBridge could not deliver an event.",
        runbook: "event-undelivered",
      },
      { metric: { namespace: "AWS/Events", name: "FailedInvocations", dimensions, statistic: "Sum" } },
      { comparison: "at_least", threshold: 1, period: 300, periods: 1 },
    );
  }
}
