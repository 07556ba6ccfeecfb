import type { Construct } from "constructs";
import type { AlarmGroupProps } from "./alarm-group";
import { EventAlarmGroup } from "./event-alarm-group";

/** Seconds between two values of EMR. Source: Amazon EMR Management Guide, "Monitoring Amazon EMR metrics with CloudWatch". */
const emrPeriod = 300;

export interface ClusterAlarmsProps extends AlarmGroupProps {
  /** Minutes that a cluster may idle. */
  readonly idleMinutes: number;
}

/**
 * Alarms on EMR clusters, each of which lives for one run. Events say what became of steps and clusters; the DAGs begin
 * the names of both with the environment's, which tells those of one account apart. Queries look at all clusters of the
 * account and region at once: their only dimension is an id that nobody knows, so that environments that share an account
 * are notified of each other's idle clusters and lost nodes.
 * Sources: Amazon EMR Management Guide, "Monitor CloudWatch events"; Amazon EventBridge User Guide, "Comparison operators
 * for use in event patterns"; Amazon CloudWatch User Guide, "Create alarms on Metrics Insights queries".
 */
export class ClusterAlarms extends EventAlarmGroup {
  constructor(scope: Construct, id: string, props: ClusterAlarmsProps) {
    super(scope, id, props);
    this.failedStep();
    this.failedCluster();
    this.watch(
      "idle",
      {
        severity: "warning",
        says: "An EMR cluster has had nothing to do for longer than it should live.",
        runbook: "emr-idle-cluster",
      },
      { query: 'SELECT MAX(IsIdle) FROM SCHEMA("AWS/ElasticMapReduce", JobFlowId)' },
      {
        comparison: "at_least",
        threshold: 1,
        period: emrPeriod,
        periods: Math.ceil((props.idleMinutes * 60) / emrPeriod),
      },
    );
    this.watch(
      "lost_nodes",
      { severity: "warning", says: "An EMR cluster has lost nodes.", runbook: "emr-lost-nodes" },
      { query: 'SELECT MAX(MRLostNodes) FROM SCHEMA("AWS/ElasticMapReduce", JobFlowId)' },
      { comparison: "at_least", threshold: 1, period: emrPeriod, periods: 2 },
    );
  }

  /** A step that is cancelled follows one that failed, or somebody who cancelled it: neither needs a mail of its own. */
  private failedStep(): void {
    this.notifyOf("failed_step", {
      name: "emr-failed-step",
      notice: { severity: "critical", says: "A step of an EMR cluster failed.", runbook: "emr-failed-step" },
      pattern: {
        source: ["aws.emr"],
        "detail-type": ["EMR Step Status Change"],
        detail: { state: ["FAILED"], name: [{ prefix: `${this.alarmScope.namePrefix}/` }] },
      },
      details: { step: "$.detail.name", state: "$.detail.state", cluster: "$.detail.clusterId" },
    });
  }

  /** `stateChangeReason` is JSON in a string, whose quotation marks would end the mail's; `message` says it in words. */
  private failedCluster(): void {
    this.notifyOf("failed_cluster", {
      name: "emr-failed-cluster",
      notice: {
        severity: "critical",
        says: "An EMR cluster ended with errors.",
        runbook: "emr-failed-cluster",
      },
      pattern: {
        source: ["aws.emr"],
        "detail-type": ["EMR Cluster State Change"],
        detail: { state: ["TERMINATED_WITH_ERRORS"], name: [{ prefix: `${this.alarmScope.namePrefix}-` }] },
      },
      details: { name: "$.detail.name", cluster: "$.detail.clusterId", message: "$.detail.message" },
    });
  }
}
