import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { MskCluster } from "@cdktf/provider-aws/lib/msk-cluster";
import { MskConfiguration } from "@cdktf/provider-aws/lib/msk-configuration";
import { Construct } from "constructs";

export interface BrokerFleet {
  /** Kafka version as MSK calls it: `3.9.x.kraft`. */
  readonly version: string;
  readonly instanceType: string;
  /** A multiple of the number of zones. */
  readonly brokers: number;
  /** GiB of disk of each broker, at the start where it grows by itself. */
  readonly storageGb: number;
  /** Whether the disks grow by themselves: then Terraform leaves their size as it is. */
  readonly isGrowing: boolean;
}

/** What a topic gets that says nothing else, and what acknowledging a record takes. */
export interface TopicDefaults {
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
  readonly retentionHours: number;
}

export interface BrokerNetwork {
  /** In two or three zones, in one each. A cluster stays in them. */
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

export interface BrokerMonitoring {
  readonly level: "DEFAULT" | "PER_BROKER" | "PER_TOPIC_PER_BROKER" | "PER_TOPIC_PER_PARTITION";
  readonly logGroupName: string;
  readonly logRetentionDays: number;
}

export interface KafkaClusterProps {
  /** Name of the cluster, and the first part of what belongs to it; 64 characters at most. */
  readonly name: string;
  /** Key of the disks and of the logs. */
  readonly key: KmsKey;
  readonly network: BrokerNetwork;
  readonly size: BrokerFleet;
  readonly topics: TopicDefaults;
  readonly monitoring: BrokerMonitoring;
}

/** Where Terraform finds the size of the disks. */
const volumeSize = "broker_node_group_info[0].storage_info[0].ebs_storage_info[0].volume_size";

/**
 * A Kafka cluster on Amazon MSK: private, IAM over TLS only, encrypted at rest with the platform's key and in transit
 * among brokers too, no topic that nobody has made, and no leader that lacks acknowledged records. What holds records is
 * protected from destruction.
 * Sources: Amazon MSK Developer Guide, "Security in Amazon MSK", "Best practices for Standard brokers" and "Custom Amazon
 * MSK configurations".
 */
export class KafkaCluster extends Construct {
  readonly logGroup: CloudwatchLogGroup;
  readonly configuration: MskConfiguration;
  readonly cluster: MskCluster;

  constructor(scope: Construct, id: string, props: KafkaClusterProps) {
    super(scope, id);
    const { name, key, size, monitoring } = props;
    this.logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: monitoring.logGroupName,
      retentionInDays: monitoring.logRetentionDays,
      kmsKeyId: key.arn,
      tags: { purpose: "Brokers of the Kafka cluster" },
    });
    this.configuration = new MskConfiguration(this, "configuration", {
      name,
      description: `Topics and copies of ${name}`,
      serverProperties: serverProperties(props.topics),
    });
    this.cluster = new MskCluster(this, "msk_cluster", {
      clusterName: name,
      kafkaVersion: size.version,
      numberOfBrokerNodes: size.brokers,
      brokerNodeGroupInfo: brokersOf(props),
      clientAuthentication: { sasl: { iam: true }, unauthenticated: false },
      configurationInfo: {
        arn: this.configuration.arn,
        revision: this.configuration.latestRevision,
      },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: key.arn,
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
      enhancedMonitoring: monitoring.level,
      loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: this.logGroup.name } } },
      tags: { Name: name },
      lifecycle: { preventDestroy: true, ...(size.isGrowing ? { ignoreChanges: [volumeSize] } : {}) },
    });
  }

  get id(): string {
    return this.cluster.id;
  }

  get arn(): string {
    return this.cluster.arn;
  }

  get name(): string {
    return this.cluster.clusterName;
  }
}

function brokersOf({ network, size }: KafkaClusterProps) {
  return {
    instanceType: size.instanceType,
    clientSubnets: [...network.subnetIds],
    securityGroups: [network.securityGroupId],
    connectivityInfo: { publicAccess: { type: "DISABLED" } },
    storageInfo: { ebsStorageInfo: { volumeSize: size.storageGb } },
  };
}

/**
 * The settings as Kafka reads them, a line each. Kafka's own topics have the copies of all others: MSK's default in two
 * zones would stop consumers whenever a broker restarts.
 */
function serverProperties(topics: TopicDefaults): string {
  const { replicationFactor: copies, minInsyncReplicas: least } = topics;
  const properties = {
    "auto.create.topics.enable": false,
    "default.replication.factor": copies,
    "log.message.timestamp.type": "LogAppendTime",
    "log.retention.hours": topics.retentionHours,
    "min.insync.replicas": least,
    "offsets.topic.replication.factor": copies,
    "transaction.state.log.min.isr": least,
    "transaction.state.log.replication.factor": copies,
    "unclean.leader.election.enable": false,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
