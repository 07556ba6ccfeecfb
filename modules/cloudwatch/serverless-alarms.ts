import type { Construct } from "constructs";
import type { AlarmGroupProps, Metric } from "./alarm-group";
import { EventAlarmGroup } from "./event-alarm-group";

export interface WatchedApplication {
  readonly id: string;
  readonly name: string;
  /** What all its workers have together at most. */
  readonly maximum: { readonly vcpu: number; readonly memoryGb: number; readonly diskGb: number };
}

export interface ServerlessAlarmsProps extends AlarmGroupProps {
  readonly application: WatchedApplication;
  /** Hours that the application may be at a limit. */
  readonly fullHours: number;
}

/** A quarter of an hour: what the application has at a moment may be between two workers. */
const period = 900;

/** So much of a limit that no further worker fits is as good as all of it. */
const fullPercent = 95;

/**
 * Alarms on the EMR Serverless application: jobs that failed, and hours at a limit, which every run may reach for a
 * while. Releases from 7.10 on send their metrics with the application's id and name, earlier ones also, or only, with its
 * id: both are watched, and whichever has data counts.
 * Sources: Amazon EMR Serverless User Guide, "Monitoring EMR Serverless applications and jobs" and "Automating EMR
 * Serverless with Amazon EventBridge".
 */
export class ServerlessAlarms extends EventAlarmGroup {
  constructor(scope: Construct, id: string, props: ServerlessAlarmsProps) {
    super(scope, id, props);
    const { application, fullHours } = props;
    this.failedJob(application.id);
    this.watch(
      "capacity",
      {
        severity: "warning",
        says: `The EMR Serverless application has been at a limit for ${fullHours} hours.`,
        runbook: "serverless-capacity",
      },
      usedShare(application),
      {
        comparison: "at_least",
        threshold: fullPercent,
        period,
        periods: (fullHours * 3600) / period,
      },
    );
  }

  private failedJob(applicationId: string): void {
    this.notifyOf("failed_job", {
      name: "serverless-failed-job",
      notice: {
        severity: "critical",
        says: "A job on EMR Serverless failed.",
        runbook: "serverless-failed-job",
      },
      pattern: {
        source: ["aws.emr-serverless"],
        "detail-type": ["EMR Serverless Job Run State Change"],
        detail: { state: ["FAILED"], applicationId: [applicationId] },
      },
      details: { job: "$.detail.jobRunId", application: "$.detail.applicationId" },
    });
  }
}

/** Percent of the limit that is nearest, whichever of the two forms its metrics have. */
function usedShare({ id, name, maximum }: WatchedApplication) {
  const limits = [
    { unit: "vcpu", metric: "CPUAllocated", limit: maximum.vcpu },
    { unit: "memory", metric: "MemoryAllocated", limit: maximum.memoryGb },
    { unit: "disk", metric: "StorageAllocated", limit: maximum.diskGb },
  ];
  const metrics = limits.flatMap(({ unit, metric }) => [
    [unit, allocated(metric, { ApplicationId: id })],
    [`${unit}_named`, allocated(metric, { ApplicationId: id, ApplicationName: name })],
  ]);
  const shares = limits.flatMap(({ unit, limit }) => [`${unit} / ${limit}`, `${unit}_named / ${limit}`]);
  return { metrics: Object.fromEntries(metrics), formula: `100 * MAX([${shares.join(", ")}])` };
}

function allocated(name: string, dimensions: Metric["dimensions"]): Metric {
  return { namespace: "AWS/EMRServerless", name, dimensions, statistic: "Maximum" };
}
