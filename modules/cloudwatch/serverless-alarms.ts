import type { Construct } from "constructs";
import { AlarmGroup, type AlarmGroupProps, type Metric } from "./alarm-group";
import { EventAlarm } from "./event-alarm";

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
 * while.
 * Sources: Amazon EMR Serverless User Guide, "Monitoring EMR Serverless" and "Automating EMR Serverless with Amazon
 * EventBridge".
 */
export class ServerlessAlarms extends AlarmGroup {
  readonly events: readonly EventAlarm[];

  constructor(scope: Construct, id: string, props: ServerlessAlarmsProps) {
    super(scope, id, props);
    const { application, fullHours } = props;
    const { vcpu, memoryGb, diskGb } = application.maximum;
    this.events = props.alarmScope.alarmed ? [this.failedJob(application.id)] : [];
    this.watch(
      "capacity",
      {
        severity: "warning",
        says: `The EMR Serverless application has been at a limit for ${fullHours} hours.`,
        runbook: "serverless-capacity",
      },
      {
        metrics: {
          vcpu: allocated(application, "CPUAllocated"),
          memory: allocated(application, "MemoryAllocated"),
          disk: allocated(application, "StorageAllocated"),
        },
        formula: `100 * MAX([vcpu / ${vcpu}, memory / ${memoryGb}, disk / ${diskGb}])`,
      },
      {
        comparison: "at_least",
        threshold: fullPercent,
        period,
        periods: (fullHours * 3600) / period,
        missing: "notBreaching", // it is stopped
      },
    );
  }

  private failedJob(applicationId: string): EventAlarm {
    return new EventAlarm(this, "failed_job", {
      alarmScope: this.alarmScope,
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

function allocated({ id, name }: WatchedApplication, metric: string): Metric {
  return {
    namespace: "AWS/EMRServerless",
    name: metric,
    dimensions: { ApplicationId: id, ApplicationName: name },
    statistic: "Maximum",
  };
}
