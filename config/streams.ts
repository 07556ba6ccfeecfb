import type { Neighbour } from "./accounts";
import { partitionLimit } from "./catalogue/brokers";
import { brokersOf } from "./sections/streaming";

/** What a contract says of a topic. */
export interface Topic {
  readonly topic: string;
  readonly partitions: number;
  readonly retention_hours: number;
}

/** Reads the topics of the contracts; asked only where an environment has a Kafka cluster. */
export type ReadTopics = () => readonly Topic[] | Promise<readonly Topic[]>;

/** The rules and warnings in words, for the reference. */
export const streamsSay: readonly string[] = [
  "An environment has `streaming` only where a contract names a Kafka server.",
  "The brokers of `streaming` hold the partitions of the contracts' topics, in all copies, within what AWS recommends for their size.",
  "With `streaming.expected` the disks hold what arrives for as long as the contracts say, and stay below 85 %.",
  "Warned of, not refused: `kafka.t3.small` and `streaming.min_insync_replicas = 1` where the environment's name starts with `prod`.",
];

type Streaming = NonNullable<Neighbour["parts"]["streaming"]>;

/**
 * Compares the clusters of all environments with the topics of the contracts, and warns of clusters that are too weak for
 * production.
 */
export async function streamRules(
  neighbours: readonly Neighbour[],
  read: ReadTopics | undefined,
): Promise<void> {
  const clusters = neighbours.flatMap((neighbour) => {
    const { streaming } = neighbour.parts;
    return streaming === undefined ? [] : [{ neighbour, streaming }];
  });
  for (const { neighbour, streaming } of clusters) productionWarnings(neighbour, streaming);
  if (clusters.length === 0 || read === undefined) return;
  const topics = await read();
  for (const { neighbour, streaming } of clusters) {
    topicsRule(neighbour, topics);
    partitionsRule(neighbour, streaming, topics);
    retentionRule(neighbour, streaming, topics);
  }
}

/** A cluster without a topic costs by the hour and serves nobody. */
function topicsRule({ report }: Neighbour, topics: readonly Topic[]): void {
  if (topics.length > 0) return;
  const message = "is a cluster for no topic: no contract names a Kafka server";
  report(["streaming"], message, "leave it out, or add a server of type kafka to a contract");
}

/** Partitions of `__consumer_offsets`. Source: Apache Kafka documentation, broker configuration, `offsets.topic.num.partitions`. */
const OFFSET_PARTITIONS = 50;

/** Source: Amazon MSK Developer Guide, "Best practices for Standard brokers", number of partitions. */
function partitionsRule({ report }: Neighbour, streaming: Streaming, topics: readonly Topic[]): void {
  const { subnets, brokers_per_zone, instance_type: size, replication_factor: copies } = streaming;
  if (subnets === undefined || brokers_per_zone === undefined || size === undefined) return;
  if (copies === undefined) return;
  const brokers = brokersOf({ subnets, brokers_per_zone });
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, OFFSET_PARTITIONS);
  const each = Math.ceil((partitions * copies) / brokers);
  const limit = partitionLimit(size);
  if (each <= limit) return;
  const message = `holds ${limit} partitions, and ${partitions} partitions in ${copies} copies are ${each} for each of ${brokers} brokers`;
  const more = Math.ceil((partitions * copies) / limit / subnets.length);
  report(["streaming", "instance_type"], message, `use a larger size, or brokers_per_zone = ${more}`);
}

/** Percent of a disk that may be in use. Source: Amazon MSK Developer Guide, "Best practices for Standard brokers", monitor disk space. */
const MOST_PERCENT = 85;

const GIB = 1024 ** 3;

/** Which topic the records go to is not known, so all are counted with the longest retention. */
function retentionRule({ report }: Neighbour, streaming: Streaming, topics: readonly Topic[]): void {
  const { subnets, brokers_per_zone, replication_factor: copies, expected } = streaming;
  const { records_per_second: rate, record_bytes: bytes } = expected ?? {};
  if (subnets === undefined || brokers_per_zone === undefined || copies === undefined) return;
  if (rate === undefined || bytes === undefined) return;
  const hours = Math.max(0, ...topics.map((topic) => topic.retention_hours));
  const all = (rate * bytes * hours * 3600 * copies) / GIB;
  const each = Math.ceil(all / brokersOf({ subnets, brokers_per_zone }));
  const { storage_gb: start, maximum_storage_gb: most = start } = streaming;
  if (start === undefined || most === undefined || each <= (most * MOST_PERCENT) / 100) return;
  const key = streaming.maximum_storage_gb === undefined ? "storage_gb" : "maximum_storage_gb";
  const message = `is too little: ${rate} records of ${bytes} bytes a second for ${hours} hours in ${copies} copies are ${each} GiB for each broker, and a disk is filled to ${MOST_PERCENT} %`;
  const needed = Math.ceil((each * 100) / MOST_PERCENT);
  report(["streaming", key], message, `use ${needed} or more, or more brokers by brokers_per_zone`);
}

/** Source: Amazon MSK Developer Guide, "Amazon MSK broker sizes": T3 brokers are for development and low throughput. */
function productionWarnings({ name, parts, warn }: Neighbour, streaming: Streaming): void {
  if (![name, parts.environment].some((one) => one?.startsWith("prod"))) return;
  if (streaming.instance_type === "kafka.t3.small") {
    const message = "is a size for development: its CPU is throttled once its credits are used up";
    warn(["streaming", "instance_type"], message, "use kafka.m7g.large or larger");
  }
  if (streaming.min_insync_replicas === 1) {
    const message = "lets one broker alone acknowledge a record, which is lost with its disk";
    warn(["streaming", "min_insync_replicas"], message, "use 2 with three brokers");
  }
}
