import { z } from "zod";
import {
  brokerSizes,
  defaultKafkaVersion,
  isRefusedWith,
  kafkaVersions,
  MOST_BROKER_STORAGE,
  MOST_BROKERS,
  regionsWithFixedStorage,
} from "../catalogue/brokers";
import type { Report } from "../problems";
import type { DocumentedRule } from "../rule";
import { addressName, distinct, logRetention, wholeNumber } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";

/** What is expected to arrive, in all topics together. */
const expectedSchema = z.strictObject({
  records_per_second: wholeNumber(1, 10_000_000).describe(
    "Records a second that producers send, on average over the day.",
  ),
  record_bytes: wholeNumber(1, 1_048_576)
    .default(1000)
    .describe("Bytes of a record as Kafka stores it: key, value and headers, compressed."),
});

/** Sources: Amazon MSK Developer Guide, "Amazon MSK quota", "Auto-scaling policy details" and "Monitoring levels". */
export const streamingSchema = z.strictObject({
  subnets: distinct(addressName(), 2, 3).describe(
    "Private subnets of the brokers, each in a zone of its own: three, or two. A cluster cannot move to others later.",
  ),
  kafka_version: z
    .enum(kafkaVersions)
    .default(defaultKafkaVersion)
    .describe("Kafka version, with KRaft instead of ZooKeeper; MSK goes back to no earlier one."),
  instance_type: z.enum(brokerSizes).default("kafka.m7g.large").describe("Size of each broker."),
  brokers_per_zone: wholeNumber(1, 30).default(1).describe("Brokers in each of the subnets."),
  storage_gb: wholeNumber(1, MOST_BROKER_STORAGE)
    .default(100)
    .describe("Disk of each broker at the start, in GiB; it never shrinks."),
  maximum_storage_gb: wholeNumber(2, MOST_BROKER_STORAGE).optional().meta({
    description: "How far the disk of each broker may grow by itself, in GiB.",
    absent: "none: the disks keep their size",
  }),
  storage_target_percent: wholeNumber(10, 80)
    .default(60)
    .describe("Percent of the disk in use from which on it grows, once in six hours at most."),
  replication_factor: wholeNumber(2, 3)
    .default(3)
    .describe("Copies of each partition; with two a second failure loses records."),
  min_insync_replicas: wholeNumber(1, 2)
    .default(2)
    .describe("Copies that have a record before it is acknowledged; below the replication factor."),
  monitoring: z
    .enum(["DEFAULT", "PER_BROKER", "PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"])
    .default("PER_TOPIC_PER_PARTITION")
    .describe("How detailed the metrics are; all but `DEFAULT` are billed by CloudWatch."),
  log_retention_days: logRetention().default(365).describe("Days that the brokers' logs are kept."),
  expected: expectedSchema.optional().meta({
    description:
      "What is expected to arrive: with it `check` compares the disks with the retention of the contracts.",
    absent: "none: the disks are compared with nothing",
  }),
});

/** The private subnets of a VPC that is created, or of one that is there. */
interface PrivateTier {
  readonly private_subnets: Readonly<Record<string, { readonly zone: string }>>;
}

type Parts = ValidParts<{
  streaming: z.output<typeof streamingSchema> | undefined;
  network: PrivateTier & { readonly existing?: PrivateTier | undefined };
  region: string;
}>;

/** Zones of a cluster in Northern California. Source: Amazon MSK API Reference, "BrokerNodeGroupInfo". */
const TWO_ZONES_ONLY = "us-west-1";

/** The subnets are there, in zones of their own, and as many as the region has zones of MSK. */
function subnetsRule({ streaming, network, region }: Parts, report: Report): void {
  const { subnets } = streaming ?? {};
  const known = (network?.existing ?? network)?.private_subnets;
  if (subnets === undefined || known === undefined) return;
  const names = Object.keys(known).sort().join(", ");
  subnets.forEach((name, index) => {
    const path = ["streaming", "subnets", index];
    const subnet = known[name];
    if (subnet === undefined) {
      report(path, "is not a private subnet", `use some of ${names}`);
      return;
    }
    const first = subnets.findIndex((other) => known[other]?.zone === subnet.zone);
    if (first === index || subnet.zone === undefined) return;
    const message = `lies in zone ${subnet.zone}, as ${subnets[first]} does`;
    report(path, message, "use a private subnet in another zone");
  });
  if (region !== TWO_ZONES_ONLY || subnets.length === 2) return;
  report(["streaming", "subnets"], `are ${subnets.length}, and MSK takes two in ${region}`, "name two");
}

/** How many brokers there are: as many in each zone. */
export function brokersOf(streaming: {
  readonly subnets: readonly string[];
  readonly brokers_per_zone: number;
}) {
  return streaming.subnets.length * streaming.brokers_per_zone;
}

/** A cluster has as many brokers as AWS takes, and one for each copy of a partition. */
function brokersRule({ streaming }: Parts, report: Report): void {
  const { subnets, brokers_per_zone: each, replication_factor: copies } = streaming ?? {};
  if (subnets === undefined || each === undefined) return;
  const count = brokersOf({ subnets, brokers_per_zone: each });
  if (count > MOST_BROKERS) {
    const message = `makes ${count} brokers in ${subnets.length} zones, and a cluster with KRaft has at most ${MOST_BROKERS}`;
    const most = Math.floor(MOST_BROKERS / subnets.length);
    report(["streaming", "brokers_per_zone"], message, `use ${most} or less, or larger brokers`);
  }
  if (copies === undefined || copies <= count) return;
  report(
    ["streaming", "replication_factor"],
    `needs ${copies} brokers, and there are ${count}`,
    "name a third subnet, use brokers_per_zone = 2, or use 2 with min_insync_replicas = 1",
  );
}

/**
 * While a broker restarts, as in every update, the others still acknowledge.
 * Source: Amazon MSK Developer Guide, "Best practices for Standard brokers", build highly available clusters.
 */
function acknowledgingRule({ streaming }: Parts, report: Report): void {
  const { replication_factor: copies, min_insync_replicas: least } = streaming ?? {};
  if (copies === undefined || least === undefined || least < copies) return;
  const message = `is not below streaming.replication_factor ${copies}: nothing is acknowledged while a broker restarts`;
  report(["streaming", "min_insync_replicas"], message, `use ${copies - 1}, or a replication_factor of 3`);
}

/** The size is one of the version's. */
function sizeRule({ streaming }: Parts, report: Report): void {
  const { instance_type: size, kafka_version: version } = streaming ?? {};
  if (size === undefined || version === undefined || !isRefusedWith(size, version)) return;
  const message = `is refused by MSK with streaming.kafka_version ${version}`;
  report(
    ["streaming", "instance_type"],
    message,
    "use a size of kafka.m7g or kafka.m5, or Kafka 3.9.x.kraft",
  );
}

/** The disk grows by a tenth or by 10 GiB, whichever is more. Source: Amazon MSK Developer Guide, "Auto-scaling policy details for Amazon MSK". */
function growthRule({ streaming, region }: Parts, report: Report): void {
  const { storage_gb: start, maximum_storage_gb: most } = streaming ?? {};
  if (start === undefined || most === undefined) return;
  const path = ["streaming", "maximum_storage_gb"];
  if (region !== undefined && regionsWithFixedStorage.includes(region)) {
    report(path, `does nothing in ${region}, where disks do not grow by themselves`, "leave it out");
    return;
  }
  const least = start + Math.max(10, Math.ceil(start / 10));
  if (most >= least) return;
  const message = `is less than one step of 10 GiB or a tenth above streaming.storage_gb ${start}`;
  const remedy = least <= MOST_BROKER_STORAGE ? `use ${least} or more, or leave it out` : "leave it out";
  report(path, message, remedy);
}

const rules: readonly DocumentedRule<Parts>[] = [
  {
    says: "The subnets of `streaming` are private subnets in zones of their own; in `us-west-1` two.",
    check: [subnetsRule],
  },
  {
    says: `A Kafka cluster has at most ${MOST_BROKERS} brokers, and one at least for each copy of a partition.`,
    check: [brokersRule],
  },
  {
    says: "`streaming.min_insync_replicas` is below `streaming.replication_factor`, so that a broker may restart.",
    check: [acknowledgingRule],
  },
  { says: "`kafka.t3.small` is for Kafka 3 only.", check: [sizeRule] },
  {
    says: "The disks of brokers may grow by one step at least, in regions where they grow by themselves.",
    check: [growthRule],
  },
];

/** Section `streaming`. */
export const streamingSection = {
  schema: streamingSchema.optional().meta({
    description: "A Kafka cluster on Amazon MSK for the contracts that are streamed.",
    absent: "no Kafka cluster",
  }),
  rules,
};
