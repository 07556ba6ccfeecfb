import type { Construct } from "constructs";
import { AlarmGroup, type AlarmScope } from "./alarm-group";

export interface PipelineLimits {
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
  constructor(scope: Construct, id: string, alarms: AlarmScope, namespace: string, limits: PipelineLimits) {
    super(scope, id, alarms);
    const period = 3600;
    this.watch(
      "freshness",
      {
        severity: "critical",
        says: `The pipeline has published nothing for ${limits.freshHours} hours.`,
        runbook: "pipeline-freshness",
      },
      { metric: { namespace, name: "RunsPublished", dimensions: {}, statistic: "Sum" } },
      // Nobody sends "nothing was published": here no data is the alarm.
      { comparison: "below", threshold: 1, period, periods: limits.freshHours, missing: "breaching" },
    );
    this.watch(
      "quarantine",
      {
        severity: "warning",
        says: `More than ${limits.quarantinePercent} % of a dataset's rows went into quarantine.`,
        runbook: "pipeline-quarantine",
      },
      { metric: { namespace, name: "QuarantinePercent", dimensions: {}, statistic: "Maximum" } },
      {
        comparison: "above",
        threshold: limits.quarantinePercent,
        period,
        periods: 1,
        missing: "ignore", // it stands until the next run says better
      },
    );
  }
}
