import type { InvalidInput } from "./base";

/** A Kafka cluster after the last line; the private subnets are `a` and `b`. */
const cluster = (inside: string): string => `}\nstreaming = { ${inside} }`;

const subnets = 'subnets = ["a", "b"], brokers_per_zone = 2';

/** The Kafka cluster. */
export const streamingInputs: readonly InvalidInput[] = [
  [
    86,
    cluster(""),
    "prod.tfvars:87  streaming.subnets\n    is missing; use a list of 2 to 3 different values, each a snake_case name of at most 20 characters: lower-case letters, digits and _, starting with a letter",
  ],
  [
    86,
    cluster('subnets = ["a"], replication_factor = 2, min_insync_replicas = 1'),
    'prod.tfvars:87  streaming.subnets = ["a"]\n    has too few items; use a list of 2 to 3 different values, each a snake_case name of at most 20 characters: lower-case letters, digits and _, starting with a letter',
  ],
  [
    86,
    cluster('subnets = ["a", "c"], brokers_per_zone = 2'),
    'prod.tfvars:87  streaming.subnets[1] = "c"\n    is not a private subnet; use some of a, b',
  ],
  [
    86,
    cluster('subnets = ["a", "b"]'),
    "prod.tfvars:87  streaming.replication_factor = 3 (the default)\n    needs 3 brokers, and there are 2; name a third subnet, use brokers_per_zone = 2, or use 2 with min_insync_replicas = 1",
  ],
  [
    86,
    cluster('subnets = ["a", "b"], replication_factor = 2'),
    "prod.tfvars:87  streaming.min_insync_replicas = 2 (the default)\n    is not below streaming.replication_factor 2: nothing is acknowledged while a broker restarts; use 1, or a replication_factor of 3",
  ],
  [
    86,
    cluster('subnets = ["a", "b"], brokers_per_zone = 31'),
    "prod.tfvars:87  streaming.brokers_per_zone = 31\n    is above 30; use a whole number from 1 to 30",
  ],
  [
    86,
    cluster(`${subnets}, kafka_version = "3.9.x"`),
    'prod.tfvars:87  streaming.kafka_version = "3.9.x"\n    is not one of the known values; use one of "3.7.x.kraft", "3.8.x.kraft", "3.9.x.kraft", "4.0.x.kraft", "4.1.x.kraft"',
  ],
  [
    86,
    cluster(`${subnets}, instance_type = "kafka.t3.small", kafka_version = "4.1.x.kraft"`),
    'prod.tfvars:87  streaming.instance_type = "kafka.t3.small"\n    is refused by MSK with streaming.kafka_version 4.1.x.kraft; use a size of kafka.m7g or kafka.m5, or Kafka 3.9.x.kraft',
  ],
  [
    86,
    cluster(`${subnets}, storage_gb = 20000`),
    "prod.tfvars:87  streaming.storage_gb = 20000\n    is above 16384; use a whole number from 1 to 16384",
  ],
  [
    86,
    cluster(`${subnets}, storage_gb = 500, maximum_storage_gb = 549`),
    "prod.tfvars:87  streaming.maximum_storage_gb = 549\n    is less than one step of 10 GiB or a tenth above streaming.storage_gb 500; use 550 or more, or leave it out",
  ],
  [
    86,
    cluster(`${subnets}, storage_gb = 16000, maximum_storage_gb = 16384`),
    "prod.tfvars:87  streaming.maximum_storage_gb = 16384\n    is less than one step of 10 GiB or a tenth above streaming.storage_gb 16000; leave it out",
  ],
  [
    86,
    cluster(`${subnets}, storage_target_percent = 90`),
    "prod.tfvars:87  streaming.storage_target_percent = 90\n    is above 80; use a whole number from 10 to 80",
  ],
  [
    86,
    cluster(`${subnets}, monitoring = "PER_PARTITION"`),
    'prod.tfvars:87  streaming.monitoring = "PER_PARTITION"\n    is not one of the known values; use one of "DEFAULT", "PER_BROKER", "PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"',
  ],
  [
    86,
    cluster(`${subnets}, expected = { record_bytes = 500 }`),
    "prod.tfvars:87  streaming.expected.records_per_second\n    is missing; use a whole number from 1 to 10000000",
  ],
];
