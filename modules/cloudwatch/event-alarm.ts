import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { type AlarmScope, descriptionOf, type Notice } from "./alarm-group";

export interface EventAlarmProps {
  readonly alarmScope: AlarmScope;
  /** Name of the rule after the environment's, at most 25 characters: a rule's has 64. */
  readonly name: string;
  readonly notice: Notice;
  /** The events, as EventBridge matches them. */
  readonly pattern: Readonly<Record<string, unknown>>;
  /**
   * What the mail takes from the event, by name, as JSON paths to identifiers and plain words. The mail's text stands in
   * quotation marks, and EventBridge does not say that it escapes those of a value: with one, the event is not delivered.
   */
  readonly details: Readonly<Record<string, string>>;
}

/**
 * An alarm on something that happens, rather than on something measured: for resources whose ids are not known before.
 * It names no role: EventBridge reaches an encrypted topic by the topic's policy. It has no dead-letter queue: the alarm on
 * `FailedInvocations` is what says that the mail did not go out.
 * Sources: Amazon EventBridge User Guide, "Using resource-based policies for Amazon EventBridge" and "Amazon EventBridge
 * input transformation".
 */
export class EventAlarm extends Construct {
  readonly rule: CloudwatchEventRule;
  readonly target: CloudwatchEventTarget;

  constructor(scope: Construct, id: string, props: EventAlarmProps) {
    super(scope, id);
    const { namePrefix, topics } = props.alarmScope;
    const description = descriptionOf(props.notice);
    this.rule = new CloudwatchEventRule(this, "cloudwatch_event_rule", {
      name: `${namePrefix}-${props.name}`,
      description,
      eventPattern: JSON.stringify(props.pattern),
    });
    const values = Object.keys(props.details).map((name) => `${name}: <${name}>`);
    this.target = new CloudwatchEventTarget(this, "cloudwatch_event_target", {
      rule: this.rule.name,
      arn: topics.topics[props.notice.severity].arn,
      // What a rule sends to a topic that does not let it in is lost.
      dependsOn: [...topics.policies],
      inputTransformer: {
        inputPaths: { ...props.details },
        inputTemplate: JSON.stringify(`${namePrefix}: ${description} - ${values.join(", ")}`),
      },
    });
  }
}
