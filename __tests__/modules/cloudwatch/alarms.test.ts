import { AirflowAlarms } from "../../../modules/cloudwatch/airflow-alarms";
import { ArrivalAlarms } from "../../../modules/cloudwatch/arrival-alarms";
import { DatabaseAlarms } from "../../../modules/cloudwatch/database-alarms";
import { KafkaAlarms } from "../../../modules/cloudwatch/kafka-alarms";
import { NatAlarms } from "../../../modules/cloudwatch/nat-alarms";
import { PipelineAlarms } from "../../../modules/cloudwatch/pipeline-alarms";
import { VpnAlarms } from "../../../modules/cloudwatch/vpn-alarms";
import { VpnExpiryAlarms } from "../../../modules/cloudwatch/vpn-expiry-alarms";
import { only, ref, resources } from "../../stacks/synthesis";
import { withAlarms } from "./alarm-scope";

const alarmsOf = (json: ReturnType<typeof withAlarms>, count: number) =>
  resources(json, "aws_cloudwatch_metric_alarm", count);
const critical = [ref("aws_sns_topic.alarms_critical.arn")];
const warning = [ref("aws_sns_topic.alarms_warning.arn")];

test("a silent scheduler is critical, and no data is silence; the rest of Airflow can wait", () => {
  const limits = { failedTasks: 4, silentMinutes: 10, queuedMinutes: 20 };
  const json = withAlarms((stack, alarms) => {
    new AirflowAlarms(stack, "airflow", { ...alarms, environment: "x-airflow", ...limits });
  });
  const { airflow_failed_tasks, airflow_scheduler, airflow_queue } = alarmsOf(json, 3);
  expect(airflow_scheduler).toEqual({
    alarm_name: "x-airflow-scheduler",
    alarm_description:
      "Airflow's scheduler has given no sign of life for 10 minutes. What to do: docs/runbooks.md#airflow-scheduler",
    namespace: "AmazonMWAA",
    metric_name: "SchedulerHeartbeat",
    dimensions: { Function: "Scheduler", Environment: "x-airflow" },
    statistic: "Sum",
    period: 60,
    evaluation_periods: 10,
    comparison_operator: "LessThanThreshold",
    threshold: 1,
    treat_missing_data: "breaching",
    alarm_actions: critical,
    ok_actions: critical,
  });
  expect(airflow_failed_tasks).toMatchObject({
    metric_name: "TaskInstanceFailures",
    dimensions: { DAG: "All", Task: "All", Environment: "x-airflow" },
    period: 3600,
    comparison_operator: "GreaterThanOrEqualToThreshold",
    threshold: 4,
    treat_missing_data: "notBreaching",
    alarm_actions: warning,
  });
  expect(airflow_queue).toMatchObject({
    namespace: "AWS/MWAA",
    metric_name: "ApproximateAgeOfOldestTask",
    dimensions: { Environment: "x-airflow" },
    threshold: 1200,
    treat_missing_data: "notBreaching",
  });
});

test("the database's storage is critical and in bytes, and one alarm alone tells that it sends nothing", () => {
  const json = withAlarms((stack, alarms) => {
    const limits = { cpuPercent: 70, freeStorageGb: 2, connections: 40 };
    new DatabaseAlarms(stack, "database", { ...alarms, instance: "x-metadata", ...limits });
  });
  const alarms = Object.values(alarmsOf(json, 3));
  expect(alarms.map((alarm) => [alarm.metric_name, alarm.comparison_operator, alarm.threshold])).toEqual([
    ["DatabaseConnections", "GreaterThanOrEqualToThreshold", 40],
    ["CPUUtilization", "GreaterThanOrEqualToThreshold", 70],
    ["FreeStorageSpace", "LessThanThreshold", 2 * 1024 ** 3],
  ]);
  expect(alarms.map((alarm) => alarm.treat_missing_data)).toEqual(["ignore", "breaching", "ignore"]);
  expect(alarms.map((alarm) => alarm.alarm_actions)).toEqual([warning, warning, critical]);
  for (const alarm of alarms) {
    expect(alarm).toMatchObject({
      namespace: "AWS/RDS",
      dimensions: { DBInstanceIdentifier: "x-metadata" },
    });
  }
});

test("a cluster of Kafka without a leader is critical, and one alarm alone tells that it sends nothing", () => {
  const json = withAlarms((stack, alarms) => {
    const limits = { diskPercent: 80, underReplicatedMinutes: 32 };
    new KafkaAlarms(stack, "kafka", { ...alarms, cluster: "x-kafka", ...limits });
  });
  const { kafka_controller, kafka_disk, kafka_offline, kafka_under_replicated } = alarmsOf(json, 4);
  const ofCluster = {
    namespace: "AWS/Kafka",
    dimensions: { "Cluster Name": "x-kafka" },
    statistic: "Maximum",
    period: 300,
    alarm_actions: critical,
  };
  expect(kafka_controller).toMatchObject({
    ...ofCluster,
    metric_name: "ActiveControllerCount",
    comparison_operator: "LessThanThreshold",
    threshold: 1,
    evaluation_periods: 3,
    treat_missing_data: "breaching",
  });
  expect(kafka_offline).toMatchObject({
    ...ofCluster,
    metric_name: "OfflinePartitionsCount",
    comparison_operator: "GreaterThanThreshold",
    threshold: 0,
    evaluation_periods: 1,
    treat_missing_data: "ignore",
  });
  const query = (metric: string) => [
    {
      id: "query",
      expression: `SELECT MAX(${metric}) FROM SCHEMA("AWS/Kafka", "Broker ID", "Cluster Name") WHERE "Cluster Name" = 'x-kafka'`,
      period: 300,
      return_data: true,
    },
  ];
  expect(kafka_under_replicated).toMatchObject({
    metric_query: query("UnderReplicatedPartitions"),
    threshold: 0,
    evaluation_periods: 7,
    treat_missing_data: "ignore",
    alarm_actions: warning,
  });
  expect(kafka_disk).toMatchObject({
    metric_query: query("KafkaDataLogsDiskUsed"),
    comparison_operator: "GreaterThanOrEqualToThreshold",
    threshold: 80,
    treat_missing_data: "ignore",
    alarm_actions: critical,
  });
});

test("each NAT gateway has an alarm on lost connections", () => {
  const json = withAlarms((stack, alarms) => {
    new NatAlarms(stack, "nat", { ...alarms, gateways: { a: "nat-1", b: "nat-2" } });
  });
  const { nat_ports_a, nat_ports_b } = alarmsOf(json, 2);
  expect(nat_ports_a).toMatchObject({
    namespace: "AWS/NATGateway",
    metric_name: "ErrorPortAllocation",
    statistic: "Sum",
    comparison_operator: "GreaterThanThreshold",
    threshold: 0,
    dimensions: { NatGatewayId: "nat-1" },
  });
  expect(nat_ports_b).toMatchObject({ alarm_name: "x-nat-ports-b", dimensions: { NatGatewayId: "nat-2" } });
});

test("what arrived is watched on its way: undelivered, waiting, and given up", () => {
  const json = withAlarms((stack, alarms) => {
    const names = { rule: "x-arrivals", queue: "x-arrivals", deadLetters: "x-arrivals-dead" };
    new ArrivalAlarms(stack, "arrivals", { ...alarms, ...names });
  });
  const { arrivals_dead_letters, arrivals_waiting, arrivals_undelivered } = alarmsOf(json, 3);
  expect(arrivals_dead_letters).toMatchObject({
    alarm_name: "x-arrivals-dead-letters",
    namespace: "AWS/SQS",
    metric_name: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: "x-arrivals-dead" },
    comparison_operator: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    treat_missing_data: "ignore",
    alarm_actions: warning,
  });
  expect(arrivals_waiting).toMatchObject({
    namespace: "AWS/SQS",
    metric_name: "ApproximateAgeOfOldestMessage",
    dimensions: { QueueName: "x-arrivals" },
    threshold: 3600,
    treat_missing_data: "notBreaching",
    alarm_actions: warning,
  });
  expect(arrivals_undelivered).toMatchObject({
    namespace: "AWS/Events",
    metric_name: "FailedInvocations",
    dimensions: { RuleName: "x-arrivals" },
    statistic: "Sum",
    threshold: 1,
    treat_missing_data: "notBreaching",
    alarm_actions: critical,
  });
});

test("a month before the VPN's list or certificate expires there is a warning, and none before there is a value", () => {
  const json = withAlarms((stack, alarms) => {
    new VpnExpiryAlarms(stack, "vpn_expiry", {
      ...alarms,
      endpoint: "cvpn-endpoint-1",
      certificate: "arn:c",
    });
  });
  const { vpn_expiry_revocation_list, vpn_expiry_certificate } = alarmsOf(json, 2);
  const monthBefore = {
    statistic: "Minimum",
    period: 86_400,
    evaluation_periods: 1,
    comparison_operator: "LessThanOrEqualToThreshold",
    threshold: 30,
    treat_missing_data: "ignore",
    alarm_actions: warning,
  };
  expect(vpn_expiry_revocation_list).toMatchObject({
    ...monthBefore,
    namespace: "AWS/ClientVPN",
    metric_name: "CrlDaysToExpiry",
    dimensions: { Endpoint: "cvpn-endpoint-1" },
  });
  expect(vpn_expiry_certificate).toMatchObject({
    ...monthBefore,
    namespace: "AWS/CertificateManager",
    metric_name: "DaysToExpiry",
    dimensions: { CertificateArn: "arn:c" },
  });
});

test("failed attempts to connect to the VPN are told", () => {
  const json = withAlarms((stack, alarms) => {
    new VpnAlarms(stack, "vpn", { ...alarms, endpoint: "cvpn-endpoint-1", failures: 12 });
  });
  expect(only(json, "aws_cloudwatch_metric_alarm")).toMatchObject({
    namespace: "AWS/ClientVPN",
    metric_name: "AuthenticationFailures",
    dimensions: { Endpoint: "cvpn-endpoint-1" },
    statistic: "Sum",
    period: 900,
    threshold: 12,
    treat_missing_data: "notBreaching",
    alarm_actions: warning,
  });
});

test("the end of published runs is critical, but not before the first; a bad quarantine stands until a better run", () => {
  const json = withAlarms((stack, alarms) => {
    new PipelineAlarms(stack, "pipeline", {
      ...alarms,
      namespace: "p/e",
      freshHours: 26,
      quarantinePercent: 3,
    });
  });
  const { pipeline_freshness, pipeline_quarantine } = alarmsOf(json, 2);
  expect(pipeline_freshness).toMatchObject({
    namespace: "p/e",
    metric_name: "RunsPublished",
    period: 3600,
    evaluation_periods: 26,
    comparison_operator: "LessThanThreshold",
    threshold: 1,
    // A new alarm has no data either, and notifies nobody of that.
    treat_missing_data: "missing",
    alarm_actions: critical,
    insufficient_data_actions: critical,
  });
  expect(pipeline_quarantine).toMatchObject({
    metric_name: "QuarantinePercent",
    statistic: "Maximum",
    comparison_operator: "GreaterThanThreshold",
    threshold: 3,
    treat_missing_data: "ignore",
    alarm_actions: warning,
  });
});

test("what is not alarmed on is drawn all the same", () => {
  let graphs: readonly { readonly title: string }[] = [];
  const json = withAlarms((stack, alarms) => {
    graphs = new NatAlarms(stack, "nat", { ...alarms, gateways: { a: "nat-1" } }).graphs;
  }, false);
  alarmsOf(json, 0);
  expect(graphs.map(({ title }) => title)).toEqual(["nat-ports-a"]);
});
