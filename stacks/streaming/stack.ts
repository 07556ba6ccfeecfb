import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { KafkaAccess, type StreamedDataset } from "../../modules/kafka/access";
import { KafkaCluster } from "../../modules/kafka/cluster";
import { StorageScaling } from "../../modules/kafka/storage-scaling";
import { EncryptionKey } from "../../modules/kms/encryption-key";
import { logGroupKeyPolicy } from "../../policies/kms";
import { EnvironmentStack, type EnvironmentStackProps } from "../core/environment-stack";
import { kafkaCluster, kafkaLogGroup } from "../core/names";
import { type Publisher, Upstream } from "../core/upstream";
import type { networkFacts } from "../network/facts";
import { streamingFacts } from "./facts";

/** A dataset that arrives through Kafka, with what its contract says of the topic. */
export interface Stream extends StreamedDataset {
  readonly retentionHours: number;
}

type Streaming = NonNullable<EnvironmentConfig["streaming"]>;

export interface StreamingStackProps extends EnvironmentStackProps {
  readonly streaming: Streaming;
  readonly network: Publisher<typeof networkFacts>;
  /** The datasets of the contracts that are streamed: one at least. */
  readonly streams: readonly Stream[];
}

/**
 * The Kafka cluster of the contracts that are streamed, a key of its own, and the policies of its clients. The topics are
 * not here: who makes them has to reach the brokers' own authorization.
 */
export class StreamingStack extends EnvironmentStack<typeof streamingFacts> {
  constructor(scope: Construct, props: StreamingStackProps) {
    super(scope, streamingFacts, props.config);
    if (props.streams.length === 0)
      throw new Error(`${this.node.id}: no contract names a Kafka server; leave out streaming`);
    const { key } = new EncryptionKey(this, "streaming", {
      alias: `${this.names.prefix}-streaming`,
      description: `Records and logs of the Kafka brokers of ${this.names.prefix}`,
      policy: logGroupKeyPolicy(this.place, kafkaLogGroup(this.names)),
    });
    const kafka = this.cluster(props, key);
    const { streaming, streams } = props;
    if (streaming.maximum_storage_gb !== undefined) {
      new StorageScaling(this, "kafka_storage", {
        cluster: kafka.cluster,
        maximumGb: streaming.maximum_storage_gb,
        targetPercent: streaming.storage_target_percent,
      });
    }
    const access = new KafkaAccess(this, "kafka", {
      namePrefix: kafkaCluster(this.names),
      scope: { place: this.place, cluster: kafka.cluster },
      streams,
    });
    this.publishFacts({
      kafka_cluster_name: kafka.name,
      kafka_cluster_arn: kafka.arn,
      kafka_bootstrap_servers: kafka.cluster.bootstrapBrokersSaslIam,
      kafka_kms_key_arn: key.arn,
      kafka_log_group: kafka.logGroup.name,
      kafka_produce_policy_arns: arnsOf(access.produce),
      kafka_consume_policy_arns: arnsOf(access.consume),
      kafka_job_policy_arn: access.job.arn,
      kafka_topics_policy_arn: access.topics.arn,
    });
  }

  private cluster(props: StreamingStackProps, key: EncryptionKey["key"]): KafkaCluster {
    const { streaming, streams } = props;
    const network = new Upstream(this, props.network);
    return new KafkaCluster(this, "brokers", {
      name: kafkaCluster(this.names),
      key,
      network: {
        subnetIds: streaming.subnets.map((subnet) => network.text(`private_subnet_${subnet}_id`)),
        securityGroupId: network.text("kafka_brokers_security_group_id"),
      },
      size: {
        version: streaming.kafka_version,
        instanceType: streaming.instance_type,
        brokers: streaming.subnets.length * streaming.brokers_per_zone,
        storageGb: streaming.storage_gb,
        isGrowing: streaming.maximum_storage_gb !== undefined,
      },
      topics: {
        replicationFactor: streaming.replication_factor,
        minInsyncReplicas: streaming.min_insync_replicas,
        retentionHours: Math.max(...streams.map(({ retentionHours }) => retentionHours)),
      },
      monitoring: {
        level: streaming.monitoring,
        logGroupName: kafkaLogGroup(this.names),
        logRetentionDays: streaming.log_retention_days,
      },
    });
  }
}

function arnsOf(policies: ReadonlyMap<string, { readonly arn: string }>): Record<string, string> {
  return Object.fromEntries([...policies].map(([dataset, { arn }]) => [dataset, arn]));
}
