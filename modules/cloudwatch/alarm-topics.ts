import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import type { Place } from "../../policies/arn";
import { topicKeyPolicy } from "../../policies/kms";
import { topicPolicy } from "../../policies/sns";
import { EncryptionKey } from "../kms/encryption-key";

/** How soon somebody has to look: now, or on the next working day. */
export type Severity = "critical" | "warning";

export interface AlarmTopicsProps {
  readonly place: Place;
  readonly namePrefix: string;
  /** Who gets the mails of each severity. */
  readonly emails: Readonly<Record<Severity, readonly string[]>>;
}

/**
 * A topic for each severity, to which alarms, event rules and budgets write and which mails it on. They have a key of
 * their own, since services cannot use the key that AWS manages for topics. A mail address has to confirm its
 * subscription once; until then it gets nothing.
 * Sources: Amazon SNS Developer Guide, "Managing Amazon SNS encryption keys and costs" and "Email notifications".
 */
export class AlarmTopics extends Construct {
  readonly key: EncryptionKey;
  readonly topics: Readonly<Record<Severity, SnsTopic>>;
  readonly policies: readonly SnsTopicPolicy[];
  readonly subscriptions: readonly SnsTopicSubscription[];

  constructor(scope: Construct, id: string, props: AlarmTopicsProps) {
    super(scope, id);
    const { place, namePrefix, emails } = props;
    this.key = new EncryptionKey(this, "key", {
      alias: `${namePrefix}-alarms`,
      description: `Alarms of ${namePrefix}`,
      policy: topicKeyPolicy(place),
    });
    const topic = (severity: Severity) =>
      new SnsTopic(this, severity, {
        name: `${namePrefix}-alarms-${severity}`,
        kmsMasterKeyId: this.key.key.arn,
      });
    this.topics = { critical: topic("critical"), warning: topic("warning") };
    const both = Object.entries(this.topics) as [Severity, SnsTopic][];
    this.policies = both.map(
      ([severity, { arn }]) =>
        new SnsTopicPolicy(new Construct(this, `${severity}_publishers`), "sns_topic_policy", {
          arn,
          policy: topicPolicy(place, arn),
        }),
    );
    this.subscriptions = both.flatMap(([severity, { arn }]) =>
      subscribe(this, severity, arn, emails[severity]),
    );
  }
}

/** By position and not by address, which would put a person's name into a Terraform address. */
function subscribe(scope: Construct, severity: Severity, topicArn: string, emails: readonly string[]) {
  return emails.map(
    (endpoint, index) =>
      new SnsTopicSubscription(scope, `${severity}_mail_${index}`, { topicArn, protocol: "email", endpoint }),
  );
}
