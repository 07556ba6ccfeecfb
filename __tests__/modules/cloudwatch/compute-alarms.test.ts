import { ClusterAlarms } from "../../../modules/cloudwatch/cluster-alarms";
import { ServerlessAlarms } from "../../../modules/cloudwatch/serverless-alarms";
import { type Block, only, ref, resources } from "../../stacks/synthesis";
import { withAlarms } from "./alarm-scope";

describe("EMR clusters, whose ids nobody knows", () => {
  const build = (alarmed: boolean) =>
    withAlarms((stack, alarms) => {
      new ClusterAlarms(stack, "emr", { ...alarms, idleMinutes: 47 });
    }, alarmed);
  const json = build(true);

  test("failed steps and clusters of this environment, by their names, are told when it happens", () => {
    const rules = resources(json, "aws_cloudwatch_event_rule", 2);
    expect(JSON.parse(rules.emr_failed_step.event_pattern)).toEqual({
      source: ["aws.emr"],
      "detail-type": ["EMR Step Status Change"],
      detail: { state: ["FAILED"], name: [{ prefix: "x/" }] },
    });
    expect(JSON.parse(rules.emr_failed_cluster.event_pattern)).toEqual({
      source: ["aws.emr"],
      "detail-type": ["EMR Cluster State Change"],
      detail: { state: ["TERMINATED_WITH_ERRORS"], name: [{ prefix: "x-" }] },
    });
  });

  test("the mail says what happened to what, and where to read on; no role is handed to EventBridge", () => {
    const { emr_failed_step } = resources(json, "aws_cloudwatch_event_target", 2);
    expect(emr_failed_step).toEqual({
      rule: ref("aws_cloudwatch_event_rule.emr_failed_step.name"),
      arn: ref("aws_sns_topic.alarms_critical.arn"),
      input_transformer: {
        input_paths: { step: "$.detail.name", state: "$.detail.state", cluster: "$.detail.clusterId" },
        input_template:
          '"x: A step of an EMR cluster failed. What to do: docs/runbooks.md#emr-failed-step - step: <step>, state: <state>, cluster: <cluster>"',
      },
      depends_on: [
        "aws_sns_topic_policy.alarms_critical_publishers",
        "aws_sns_topic_policy.alarms_warning_publishers",
      ],
    });
  });

  test("idle clusters and lost nodes are found among all clusters, and no cluster is no alarm", () => {
    const { emr_idle, emr_lost_nodes } = resources(json, "aws_cloudwatch_metric_alarm", 4);
    expect(emr_idle).toMatchObject({
      metric_query: [
        {
          id: "query",
          expression: 'SELECT MAX(IsIdle) FROM SCHEMA("AWS/ElasticMapReduce", JobFlowId)',
          period: 300,
          return_data: true,
        },
      ],
      // 47 minutes take ten periods of five.
      evaluation_periods: 10,
      threshold: 1,
      treat_missing_data: "notBreaching",
    });
    expect(emr_lost_nodes.metric_query[0].expression).toContain("MAX(MRLostNodes)");
    expect(emr_lost_nodes.treat_missing_data).toBe("notBreaching");
  });

  test("an event that is not delivered has the severity of the event", () => {
    const { emr_failed_step_undelivered } = resources(json, "aws_cloudwatch_metric_alarm", 4);
    expect(emr_failed_step_undelivered).toMatchObject({
      namespace: "AWS/Events",
      metric_name: "FailedInvocations",
      dimensions: { RuleName: ref("aws_cloudwatch_event_rule.emr_failed_step.name") },
      alarm_actions: [ref("aws_sns_topic.alarms_critical.arn")],
    });
  });

  test("without alarms there are no rules", () => {
    resources(build(false), "aws_cloudwatch_event_rule", 0);
    resources(build(false), "aws_cloudwatch_metric_alarm", 0);
  });
});

describe("an EMR Serverless application", () => {
  const application = { id: "00f1", name: "x-spark", maximum: { vcpu: 30, memoryGb: 100, diskGb: 400 } };
  const json = withAlarms((stack, alarms) => {
    new ServerlessAlarms(stack, "serverless", { ...alarms, application, fullHours: 2 });
  });

  test("its failed jobs are told, and no other application's", () => {
    expect(JSON.parse(only(json, "aws_cloudwatch_event_rule").event_pattern)).toEqual({
      source: ["aws.emr-serverless"],
      "detail-type": ["EMR Serverless Job Run State Change"],
      detail: { state: ["FAILED"], applicationId: ["00f1"] },
    });
  });

  test("hours at the nearest limit raise an alarm, in both forms of the metrics", () => {
    const { serverless_capacity: alarm } = resources(json, "aws_cloudwatch_metric_alarm", 2);
    // No data is shown as such: the application is stopped, or the metrics are not there.
    expect(alarm).toMatchObject({ threshold: 95, evaluation_periods: 8, treat_missing_data: "missing" });
    expect(alarm.insufficient_data_actions).toBeUndefined();
    const metrics = alarm.metric_query.slice(0, -1);
    expect(metrics.map(({ metric }: Block) => [metric.metric_name, metric.dimensions])).toEqual(
      ["CPUAllocated", "MemoryAllocated", "StorageAllocated"].flatMap((name) => [
        [name, { ApplicationId: "00f1" }],
        [name, { ApplicationId: "00f1", ApplicationName: "x-spark" }],
      ]),
    );
    expect(metrics[0]).toMatchObject({
      id: "vcpu",
      metric: { namespace: "AWS/EMRServerless", stat: "Maximum", period: 900 },
      return_data: false,
    });
    expect(alarm.metric_query.at(-1)).toMatchObject({
      expression:
        "100 * MAX([vcpu / 30, vcpu_named / 30, memory / 100, memory_named / 100, disk / 400, disk_named / 400])",
      return_data: true,
    });
  });
});
