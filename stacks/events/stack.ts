import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import type { Construct } from "constructs";
import { prefixOf } from "../../contracts/layout";
import { EncryptionKey } from "../../modules/kms/encryption-key";
import { EventQueue } from "../../modules/sqs/event-queue";
import { eventQueueKeyPolicy } from "../../policies/kms";
import { EnvironmentStack, type EnvironmentStackProps } from "../core/environment-stack";
import { type Publisher, Upstream } from "../core/upstream";
import type { lakeFacts } from "../lake/facts";
import { eventsFacts } from "./facts";

export interface EventsStackProps extends EnvironmentStackProps {
  readonly lake: Publisher<typeof lakeFacts>;
}

/**
 * Says what has arrived under `raw/`: from the data bucket through EventBridge into a queue, which Airflow reads. Where
 * events are off there is nothing here but the fact that says so, so that turning them off is an apply like any other.
 */
export class EventsStack extends EnvironmentStack<typeof eventsFacts> {
  constructor(scope: Construct, { config, lake }: EventsStackProps) {
    super(scope, eventsFacts, config);
    const { enabled, quiet_minutes } = config.events;
    if (!enabled) {
      this.addDependency(lake);
      this.publishFacts({ quiet_minutes });
      return;
    }
    const dataBucket = new Upstream(this, lake).text("data_bucket");
    const { queue, deadLetters, rule, key } = this.arrivals(dataBucket);
    this.publishFacts({
      quiet_minutes,
      queue: { url: queue.url, arn: queue.arn, dead_letter_arn: deadLetters.arn },
      event_queue_arn: queue.arn,
      event_queue_name: queue.name,
      event_dead_letter_queue_name: deadLetters.name,
      event_rule_name: rule.name,
      event_kms_key_arn: key.arn,
    });
  }

  private arrivals(dataBucket: string) {
    const name = this.names.arrivals;
    const { key } = new EncryptionKey(this, "events", {
      alias: name,
      description: `Messages about what arrived in the lake of ${this.names.prefix}`,
      policy: eventQueueKeyPolicy(this.place),
    });
    const events = new EventQueue(this, "arrivals", {
      name,
      description: "New objects of the lake under raw - without folders and without names that begin with _",
      pattern: arrivals(dataBucket),
      key,
      place: this.place,
    });
    // A bucket has one such configuration: whatever else is to hear of its objects asks EventBridge.
    new S3BucketNotification(this, "data", { bucket: dataBucket, eventbridge: true });
    return { queue: events.queue, deadLetters: events.deadLetters, rule: events.rule, key };
  }
}

/**
 * Objects of a dataset. The names of datasets begin with a small letter, and what begins with `_` is on its way or no
 * data; a pattern cannot say "under `raw/` and not `raw/_`" of one key, so it says every letter. Folders, and markers
 * such as `_SUCCESS`, are empty.
 * Sources: Amazon S3 User Guide, "EventBridge event message structure"; Amazon EventBridge User Guide, "Comparison
 * operators for use in event patterns".
 */
function arrivals(bucket: string): Record<string, unknown> {
  const prefixes = [..."abcdefghijklmnopqrstuvwxyz"].map((letter) => ({
    prefix: `${prefixOf("raw")}${letter}`,
  }));
  return {
    source: ["aws.s3"],
    "detail-type": ["Object Created"],
    detail: { bucket: { name: [bucket] }, object: { key: prefixes, size: [{ numeric: [">", 0] }] } },
  };
}
