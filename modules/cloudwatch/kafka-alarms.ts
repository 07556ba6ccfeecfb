import type { Construct } from "constructs";
import { AlarmGroup, type AlarmGroupProps, type Watched } from "./alarm-group";

export interface KafkaAlarmsProps extends AlarmGroupProps {
  /** Name of the MSK cluster. */
  readonly cluster: string;
  /** Percent of a broker's disk in use. */
  readonly diskPercent: number;
  /** Minutes that partitions may lack a copy. */
  readonly underReplicatedMinutes: number;
}

/** MSK sends a value a minute. Source: Amazon MSK Developer Guide, "Amazon MSK metrics for monitoring Standard brokers with CloudWatch". */
const period = 300;

/**
 * Alarms on a Kafka cluster, all on metrics that MSK sends at every level of monitoring. Those of brokers are queries over
 * all brokers of the cluster, however many there are by then.
 * Sources: Amazon MSK Developer Guide, "Amazon MSK metrics for monitoring Standard brokers with CloudWatch" and "Best
 * practices for Standard brokers"; Amazon CloudWatch User Guide, "Create alarms on Metrics Insights queries".
 */
export class KafkaAlarms extends AlarmGroup {
  constructor(scope: Construct, id: string, props: KafkaAlarmsProps) {
    super(scope, id, props);
    const { cluster, diskPercent, underReplicatedMinutes } = props;
    this.watchCluster(cluster);
    this.watch(
      "under_replicated",
      {
        severity: "warning",
        says: `Partitions of Kafka have lacked a copy for ${underReplicatedMinutes} minutes.`,
        runbook: "kafka-under-replicated",
      },
      worstBroker("UnderReplicatedPartitions", cluster),
      {
        comparison: "above",
        threshold: 0,
        period,
        periods: Math.ceil((underReplicatedMinutes * 60) / period),
      },
    );
    this.watch(
      "disk",
      {
        severity: "critical",
        says: `The disk of a Kafka broker is in use to ${diskPercent} %.`,
        runbook: "kafka-disk",
      },
      worstBroker("KafkaDataLogsDiskUsed", cluster),
      { comparison: "at_least", threshold: diskPercent, period, periods: 3 },
    );
  }

  /** What the cluster says of itself: whether somebody leads it, and whether every partition has a leader. */
  private watchCluster(cluster: string): void {
    const metric = (name: string): Watched => ({
      metric: {
        namespace: "AWS/Kafka",
        name,
        dimensions: { "Cluster Name": cluster },
        statistic: "Maximum",
      },
    });
    this.watch(
      "controller",
      {
        severity: "critical",
        says: "The Kafka cluster has no active controller or it sends no metrics.",
        runbook: "kafka-controller",
      },
      metric("ActiveControllerCount"),
      { comparison: "below", threshold: 1, period, periods: 3 },
    );
    this.watch(
      "offline",
      {
        severity: "critical",
        says: "Partitions of Kafka have no leader: nobody can write or read them.",
        runbook: "kafka-offline",
      },
      metric("OfflinePartitionsCount"),
      { comparison: "above", threshold: 0, period, periods: 1 },
    );
  }
}

function worstBroker(metric: string, cluster: string): Watched {
  const schema = 'SCHEMA("AWS/Kafka", "Broker ID", "Cluster Name")';
  return { query: `SELECT MAX(${metric}) FROM ${schema} WHERE "Cluster Name" = '${cluster}'` };
}
