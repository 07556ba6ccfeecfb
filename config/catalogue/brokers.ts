/**
 * Kafka versions of Standard brokers that keep their metadata in KRaft; versions with ZooKeeper and those of Express
 * brokers are left out. AWS recommends 3.9.
 * Source: Amazon MSK Developer Guide, "Supported Apache Kafka versions", as of September 2026.
 */
export const kafkaVersions = [
  "3.7.x.kraft",
  "3.8.x.kraft",
  "3.9.x.kraft",
  "4.0.x.kraft",
  "4.1.x.kraft",
] as const;

/** The version of a new cluster. */
export const defaultKafkaVersion = "3.9.x.kraft";

/**
 * Partitions that a Standard broker should hold at most, leaders and followers together. A broker with more refuses
 * updates of the cluster when it is overloaded.
 * Sources: Amazon MSK Developer Guide, "Best practices for Standard brokers", number of partitions, and "Amazon MSK
 * broker sizes".
 */
const partitionsPerBroker = {
  "kafka.t3.small": 300,
  "kafka.m5.large": 1000,
  "kafka.m5.xlarge": 1000,
  "kafka.m5.2xlarge": 2000,
  "kafka.m5.4xlarge": 4000,
  "kafka.m5.8xlarge": 4000,
  "kafka.m5.12xlarge": 4000,
  "kafka.m5.16xlarge": 4000,
  "kafka.m5.24xlarge": 4000,
  "kafka.m7g.large": 1000,
  "kafka.m7g.xlarge": 1000,
  "kafka.m7g.2xlarge": 2000,
  "kafka.m7g.4xlarge": 4000,
  "kafka.m7g.8xlarge": 4000,
  "kafka.m7g.12xlarge": 4000,
  "kafka.m7g.16xlarge": 4000,
} as const;

export type BrokerSize = keyof typeof partitionsPerBroker;

/** Sizes of Standard brokers, smaller before larger within a family. */
export const brokerSizes = Object.keys(partitionsPerBroker) as [BrokerSize, ...BrokerSize[]];

/** Returns the partitions, leaders and followers, that a broker of a size should hold at most. */
export function partitionLimit(size: BrokerSize): number {
  return partitionsPerBroker[size];
}

/**
 * Whether MSK refuses a size for a version: for Kafka 4, `CreateCluster` accepts `kafka.m5` and `kafka.m7g`.
 * Source: Amazon MSK API, `CreateCluster` with 4.1.x.kraft, "Unsupported InstanceType specified", September 2026.
 */
export function isRefusedWith(size: BrokerSize, version: string): boolean {
  return size.startsWith("kafka.t3.") && Number(version.split(".")[0]) >= 4;
}

/** Brokers of a cluster with KRaft, unless AWS has raised it. Source: Amazon MSK Developer Guide, "Amazon MSK quota". */
export const MOST_BROKERS = 60;

/** GiB of a broker's disk. Source: Amazon MSK Developer Guide, "Amazon MSK quota". */
export const MOST_BROKER_STORAGE = 16_384;

/** Regions in which the disks of brokers do not grow by themselves. Source: Amazon MSK Developer Guide, "Automatic scaling for Amazon MSK clusters". */
export const regionsWithFixedStorage: readonly string[] = ["af-south-1", "ap-northeast-3", "ap-southeast-5"];
