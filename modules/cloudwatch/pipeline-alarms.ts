import type { Construct } from "constructs";
import { AlarmGroup, type AlarmGroupProps } from "./alarm-group";

export interface PipelineAlarmsProps extends AlarmGroupProps {
  /** Namespace of the metrics that the DAGs send. */
  readonly namespace: string;
  /** Hours in which a run has to be published, at most a week. */
  readonly freshHours: number;
  readonly quarantinePercent: number;
}

/**
 * Alarms on what the platform is for: data that is fresh and good. The DAG sends these metrics when it has published.
 * An alarm looks back a week at most, where its periods are an hour or longer.
 * Source: Amazon CloudWatch API Reference, "PutMetricAlarm".
 */
export class PipelineAlarms extends AlarmGroup {
  constructor(scope: Construct, id: string, props: PipelineAlarmsProps) {
    super(scope, id, props);
    const { namespace, freshHours, quarantinePercent } = props;
    const period = 3600;
    this.watch(
      "freshness",
      {
        severity: "critical",
        says: `The pipeline has published nothing for ${freshHours} hours.`,
        runbook: "pipeline-freshness",
      },
      { metric: { namespace, name: "RunsPublished", dimensions: {}, statistic: "Sum" } },
      // A run that is published sends 1, and nobody sends 0: the mail is the one about the end of the data.
      { comparison: "below", threshold: 1, period, periods: freshHours },
    );
    this.watch(
      "quarantine",
      {
        severity: "warning",
        says: `More than ${quarantinePercent} % of a dataset's rows went into quarantine.`,
        runbook: "pipeline-quarantine",
      },
      { metric: { namespace, name: "QuarantinePercent", dimensions: {}, statistic: "Maximum" } },
      {
        comparison: "above",
        threshold: quarantinePercent,
        period,
        periods: 1,
      },
    );
  }
}
