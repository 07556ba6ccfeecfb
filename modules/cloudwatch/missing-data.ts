/** What an alarm does when its metric has no data, and why. */
interface MissingData {
  /**
   * As CloudWatch calls it. `missing` shows the alarm as without data.
   * Source: Amazon CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data".
   */
  readonly treat: "breaching" | "ignore" | "missing" | "notBreaching";
  /**
   * Whether somebody is notified when data ends. A new alarm has none, and says nothing before its first value.
   * @default false
   */
  readonly notify?: true;
  readonly reason: string;
}

/** The decision for each kind of alarm, by the name of its section in docs/runbooks.md. */
export const missingData = {
  "pipeline-freshness": {
    treat: "missing",
    notify: true,
    reason: "Nobody sends that nothing was published; a new environment has not published yet.",
  },
  "pipeline-quarantine": { treat: "ignore", reason: "It stands until a run is better." },
  "arrivals-dead-letters": {
    treat: "ignore",
    reason: "A queue that nobody has used for hours sends no metrics.",
  },
  "arrivals-waiting": { treat: "notBreaching", reason: "A queue with a message in it sends its age." },
  "event-undelivered": {
    treat: "notBreaching",
    reason: "EventBridge sends the metric only if it is not zero.",
  },
  "emr-idle-cluster": { treat: "notBreaching", reason: "No cluster sends no data." },
  "emr-lost-nodes": { treat: "notBreaching", reason: "No cluster sends no data." },
  "serverless-capacity": {
    treat: "missing",
    reason: "A stopped application sends nothing; no data during a run means that the metric is not there.",
  },
  "airflow-failed-tasks": { treat: "notBreaching", reason: "No task failed." },
  "airflow-scheduler": { treat: "breaching", reason: "A scheduler that is gone sends nothing." },
  "airflow-queue": { treat: "notBreaching", reason: "An empty queue has no oldest task." },
  "database-cpu": {
    treat: "breaching",
    reason: "A database that runs sends its metrics; this alarm alone says that it does not.",
  },
  "database-storage": { treat: "ignore", reason: "The alarm on the CPU says that there is no data." },
  "database-connections": { treat: "ignore", reason: "The alarm on the CPU says that there is no data." },
  "kafka-controller": {
    treat: "breaching",
    reason: "A cluster that runs sends its metrics; this alarm alone says that it does not.",
  },
  "kafka-offline": { treat: "ignore", reason: "The alarm on the controller says that there is no data." },
  "kafka-under-replicated": {
    treat: "ignore",
    reason: "The alarm on the controller says that there is no data.",
  },
  "kafka-disk": { treat: "ignore", reason: "The alarm on the controller says that there is no data." },
  "nat-ports": { treat: "notBreaching", reason: "No connection was lost." },
  "vpn-authentication": { treat: "notBreaching", reason: "Nobody tried to connect." },
  "vpn-revocation-list": {
    treat: "ignore",
    reason: "There is no value before the first list is imported; after that the last one stands.",
  },
  "vpn-certificate": {
    treat: "ignore",
    reason: "ACM sends the days twice a day until the certificate expires; the last value stands.",
  },
} as const satisfies Readonly<Record<string, MissingData>>;

/** The kinds of alarms on metrics. */
export type MetricAlarm = keyof typeof missingData;

/** The decision for one kind. */
export function whenMissing(alarm: MetricAlarm): MissingData {
  return missingData[alarm];
}
