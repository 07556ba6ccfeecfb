import type { CompiledContract } from "../compiled";

/** A Kafka topic as the step that makes topics reads it: `<name>.topic.json`. */
export interface TopicSettings {
  readonly topic: string;
  readonly partitions: number;
  /** Kafka's own names; its values are texts. What depends on the cluster, such as replication, is left out. */
  readonly config: Readonly<Record<string, string>>;
}

const MILLISECONDS_PER_HOUR = 3_600_000;

/** Largest record batch: 1 MiB, which is above the largest message of a producer with default settings. */
const MAX_MESSAGE_BYTES = 1_048_576;

/** Returns the settings of a contract's topic; undefined when its data does not arrive through Kafka. */
export function topicSettings({ stream }: CompiledContract): TopicSettings | undefined {
  if (stream === null) return undefined;
  return {
    topic: stream.topic,
    partitions: stream.partitions,
    config: {
      "cleanup.policy": "delete",
      "max.message.bytes": String(MAX_MESSAGE_BYTES),
      // The broker's clock decides which day a record belongs to, so that of the producer is ignored.
      "message.timestamp.type": "LogAppendTime",
      "retention.ms": String(stream.retention_hours * MILLISECONDS_PER_HOUR),
    },
  };
}
