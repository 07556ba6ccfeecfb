import type { Construct } from "constructs";
import { AlarmGroup, type AlarmGroupProps } from "./alarm-group";

export interface AirflowAlarmsProps extends AlarmGroupProps {
  /** Name of the MWAA environment. */
  readonly environment: string;
  /** Tries of tasks that may fail in an hour before it is too many. */
  readonly failedTasks: number;
  readonly silentMinutes: number;
  readonly queuedMinutes: number;
}

/**
 * Alarms on an MWAA environment. Airflow's own metrics are in one namespace, those of the queue and the containers
 * around it in another.
 * Sources: Amazon MWAA User Guide, "Apache Airflow environment metrics in CloudWatch" and "Container, queue, and
 * database metrics for Amazon MWAA".
 */
export class AirflowAlarms extends AlarmGroup {
  constructor(scope: Construct, id: string, props: AirflowAlarmsProps) {
    super(scope, id, props);
    const { environment, ...limits } = props;
    this.failedTasks(environment, limits.failedTasks);
    this.silentScheduler(environment, limits.silentMinutes);
    this.waitingTasks(environment, limits.queuedMinutes);
  }

  private failedTasks(environment: string, threshold: number): void {
    const name = "TaskInstanceFailures";
    const dimensions = { DAG: "All", Task: "All", Environment: environment };
    this.watch(
      "failed_tasks",
      {
        severity: "warning",
        says: `${threshold} tries of Airflow tasks failed within an hour.`,
        runbook: "airflow-failed-tasks",
      },
      { metric: { namespace: "AmazonMWAA", name, dimensions, statistic: "Sum" } },
      { comparison: "at_least", threshold, period: 3600, periods: 1 },
    );
  }

  private silentScheduler(environment: string, minutes: number): void {
    const dimensions = { Function: "Scheduler", Environment: environment };
    this.watch(
      "scheduler",
      {
        severity: "critical",
        says: `Airflow's scheduler has given no sign of life for ${minutes} minutes.`,
        runbook: "airflow-scheduler",
      },
      { metric: { namespace: "AmazonMWAA", name: "SchedulerHeartbeat", dimensions, statistic: "Sum" } },
      { comparison: "below", threshold: 1, period: 60, periods: minutes },
    );
  }

  private waitingTasks(environment: string, minutes: number): void {
    const name = "ApproximateAgeOfOldestTask";
    const dimensions = { Environment: environment };
    this.watch(
      "queue",
      {
        severity: "warning",
        says: `A task of Airflow has waited ${minutes} minutes for a worker.`,
        runbook: "airflow-queue",
      },
      { metric: { namespace: "AWS/MWAA", name, dimensions, statistic: "Maximum" } },
      {
        comparison: "at_least",
        threshold: minutes * 60,
        period: 300,
        periods: 2,
      },
    );
  }
}
