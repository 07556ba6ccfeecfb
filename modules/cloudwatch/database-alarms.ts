import type { Construct } from "constructs";
import { AlarmGroup, type AlarmGroupProps, type Condition, type Notice } from "./alarm-group";

export interface DatabaseAlarmsProps extends AlarmGroupProps {
  /** Identifier of the RDS instance. */
  readonly instance: string;
  readonly cpuPercent: number;
  readonly freeStorageGb: number;
  readonly connections: number;
}

const period = 300;

/** RDS speaks of bytes, the configuration of GiB. */
const gib = 1024 ** 3;

/**
 * Alarms on the database. It sends its metrics as long as it runs: that it has none is told once, by the alarm on its
 * CPU, and the others stay as they were.
 * Source: Amazon RDS User Guide, "Amazon CloudWatch metrics for Amazon RDS".
 */
export class DatabaseAlarms extends AlarmGroup {
  constructor(scope: Construct, id: string, props: DatabaseAlarmsProps) {
    super(scope, id, props);
    const watch = (
      id: "connections" | "cpu" | "storage",
      name: string,
      notice: Pick<Notice, "severity" | "says">,
      condition: Pick<Condition, "comparison" | "threshold">,
      statistic: "Average" | "Maximum" | "Minimum",
    ) => {
      const dimensions = { DBInstanceIdentifier: props.instance };
      this.watch(
        id,
        { ...notice, runbook: `database-${id}` },
        { metric: { namespace: "AWS/RDS", name, dimensions, statistic } },
        { ...condition, period, periods: 3 },
      );
    };
    const { cpuPercent, freeStorageGb, connections } = props;
    watch(
      "cpu",
      "CPUUtilization",
      { severity: "warning", says: `The database's CPU is busy to ${cpuPercent} % or it sends no metrics.` },
      { comparison: "at_least", threshold: cpuPercent },
      "Average",
    );
    watch(
      "storage",
      "FreeStorageSpace",
      { severity: "critical", says: `The database has less than ${freeStorageGb} GiB of storage left.` },
      { comparison: "below", threshold: freeStorageGb * gib },
      "Minimum",
    );
    watch(
      "connections",
      "DatabaseConnections",
      { severity: "warning", says: `The database has ${connections} connections or more.` },
      { comparison: "at_least", threshold: connections },
      "Maximum",
    );
  }
}
