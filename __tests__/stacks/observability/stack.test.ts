import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type MetricAlarm, missingData, whenMissing } from "../../../modules/cloudwatch/missing-data";
import { dev, prod, streamed, variant } from "../environments";
import {
  type Block,
  everyResource,
  only,
  pick,
  ref,
  resources,
  type StackJson,
  stacksOf,
} from "../synthesis";

/** Without a NAT gateway, a VPN and alarms. */
const quiet = variant({
  environment: "quiet",
  network: { ...dev.network, nat_gateways: "none" },
  access: { vpn: { ...dev.access.vpn, enabled: false } },
  observability: { ...dev.observability, alarms: [] },
});

const stacks = stacksOf([dev, prod, quiet, { ...streamed, environment: "streamed" }]);
const watched = (environment: string) => pick(stacks, `${environment}-observability`);
const environments = ["dev", "prod", "quiet", "streamed"];

/** The alarms and rules of all environments. */
const notices = environments
  .flatMap((environment) => everyResource(watched(environment)))
  .filter(({ type }) => type === "aws_cloudwatch_metric_alarm" || type === "aws_cloudwatch_event_rule")
  .map(({ block }): string => block.alarm_description ?? block.description);

describe("the runbooks", () => {
  const text = readFileSync(join(__dirname, "..", "..", "..", "docs", "runbooks.md"), "utf8");
  const sections = [...text.matchAll(/^## (\S+)$/gm)].map(([, name]) => name);

  test("have a section for each alarm, and none that no alarm leads to", () => {
    expect(notices).toHaveLength(10 + 19 + 6); // in dev, in prod and where there is Kafka
    const anchors = notices.map((notice) => /docs\/runbooks\.md#([a-z-]+)$/.exec(notice)?.[1] ?? notice);
    // The mail of a budget is AWS's own.
    expect([...new Set([...anchors, "budget"])].sort()).toEqual([...sections].sort());
  });

  test("lead to each other's sections only", () => {
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, name]) => name);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((name) => !sections.includes(name))).toEqual([]);
  });
});

/** Pairs of namespace, metric and dimensions of a stack's alarms. */
function alarmMetrics(json: StackJson): string[] {
  const alarms: Block[] = Object.values(json.resource?.aws_cloudwatch_metric_alarm ?? {});
  return alarms.flatMap((alarm) => {
    if (!alarm.metric_query) return [keyOf(alarm.namespace, alarm.metric_name, alarm.dimensions ?? {})];
    return alarm.metric_query.map(({ metric, expression }: Block) =>
      metric ? keyOf(metric.namespace, metric.metric_name, metric.dimensions) : expression,
    );
  });
}

/** The same of its dashboard's graphs. */
function drawnMetrics(json: StackJson): string[] {
  const { widgets } = JSON.parse(only(json, "aws_cloudwatch_dashboard").dashboard_body);
  const series = widgets.flatMap((widget: Block) => widget.properties.metrics ?? []);
  return series.map((one: Block[]) => {
    if (one[0].expression) return one[0].expression;
    const [namespace, name, ...rest] = one.slice(0, -1);
    const pairs = rest.flatMap((value, index) => (index % 2 === 0 ? [[value, rest[index + 1]]] : []));
    return keyOf(namespace, name, Object.fromEntries(pairs));
  });
}

function keyOf(namespace: string, name: string, dimensions: object): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}

describe("the dashboard", () => {
  test("draws what is alarmed on, all of it and nothing else, where everything is", () => {
    const json = watched("prod");
    expect(alarmMetrics(json).length).toBe(17);
    expect(drawnMetrics(json).sort()).toEqual(alarmMetrics(json).sort());
  });

  test("shows the state of every alarm first", () => {
    const json = watched("prod");
    const [first] = JSON.parse(only(json, "aws_cloudwatch_dashboard").dashboard_body).widgets;
    const names = Object.keys(resources(json, "aws_cloudwatch_metric_alarm", 17));
    expect(first.type).toBe("alarm");
    expect([...first.properties.alarms].sort()).toEqual(
      names.map((name) => ref(`aws_cloudwatch_metric_alarm.${name}.arn`)).sort(),
    );
  });

  test("has graphs of resources without alarms too, and none of resources that are not there", () => {
    const titles = (environment: string) => {
      const { widgets } = JSON.parse(only(watched(environment), "aws_cloudwatch_dashboard").dashboard_body);
      return widgets.map((widget: Block) => widget.properties.title);
    };
    const everywhere = [
      "airflow-failed-tasks",
      "airflow-scheduler",
      "airflow-queue",
      "database-cpu",
      "database-storage",
      "database-connections",
    ];
    const pipeline = ["pipeline-freshness", "pipeline-quarantine"];
    const arrivals = ["arrivals-dead-letters", "arrivals-waiting", "arrivals-undelivered"];
    const expiry = ["vpn-expiry-revocation-list", "vpn-expiry-certificate"];
    expect(titles("prod")).toEqual([
      "alarms",
      ...pipeline,
      "emr-failed-step-undelivered",
      "emr-failed-cluster-undelivered",
      "emr-idle",
      "emr-lost-nodes",
      ...everywhere,
      "nat-ports-a",
      "nat-ports-b",
      "vpn-authentication",
      ...expiry,
    ]);
    expect(titles("dev")).toEqual([
      "alarms",
      ...pipeline,
      ...arrivals,
      "serverless-failed-job-undelivered",
      "serverless-capacity",
      ...everywhere,
      "nat-ports-a",
      "vpn-authentication",
      ...expiry,
    ]);
    expect(titles("quiet")).toEqual([...pipeline, ...arrivals, "serverless-capacity", ...everywhere]);
  });

  test("no two graphs cover each other", () => {
    const { widgets } = JSON.parse(only(watched("prod"), "aws_cloudwatch_dashboard").dashboard_body);
    const places = widgets.map(({ x, y }: Block) => `${x} ${y}`);
    expect(new Set(places).size).toBe(18);
  });
});

describe("alarms", () => {
  test("are on the resources that the other stacks published", () => {
    const upstream = (output: string) => ref(`data.terraform_remote_state.${output}`);
    const alarms = resources(watched("prod"), "aws_cloudwatch_metric_alarm", 17);
    expect(alarms.nat_ports_b.dimensions).toEqual({
      NatGatewayId: upstream("network.outputs.nat_gateway_ids.b"),
    });
    expect(alarms.airflow_queue.dimensions).toEqual({
      Environment: upstream("orchestration.outputs.airflow_environment"),
    });
    expect(alarms.database_cpu.dimensions).toEqual({
      DBInstanceIdentifier: upstream("metadata.outputs.metadata_instance"),
    });
    const inDev = resources(watched("dev"), "aws_cloudwatch_metric_alarm", 9);
    expect(inDev.arrivals_undelivered.dimensions).toEqual({
      RuleName: upstream("events.outputs.event_rule_name"),
    });
    expect(inDev.arrivals_waiting.dimensions).toEqual({
      QueueName: upstream("events.outputs.event_queue_name"),
    });
    // Whatever areas are alarmed on: development names compute and pipeline only.
    expect(inDev.vpn_expiry_certificate.dimensions).toEqual({
      CertificateArn: upstream("access.outputs.vpn_server_certificate_arn"),
    });
    const rule = only(watched("dev"), "aws_cloudwatch_event_rule");
    expect(JSON.parse(rule.event_pattern).detail.applicationId).toEqual([
      upstream("processing.outputs.serverless.application_id"),
    ]);
  });

  test("say what no data means, as one table decides with its reason", () => {
    const decided = new Set<string>();
    for (const [environment, count] of [
      ["prod", 17],
      ["dev", 9],
      ["streamed", 6],
    ] as const) {
      const alarms = Object.values(resources(watched(environment), "aws_cloudwatch_metric_alarm", count));
      for (const alarm of alarms) {
        const kind: MetricAlarm = alarm.alarm_description.split("#")[1];
        const { treat, notify } = whenMissing(kind);
        decided.add(kind);
        expect(alarm.treat_missing_data).toBe(treat);
        expect(alarm.insufficient_data_actions).toEqual(notify ? alarm.alarm_actions : undefined);
      }
    }
    expect([...decided].sort()).toEqual(Object.keys(missingData).sort());
  });

  test("are all in the table of the documentation, and no others", () => {
    const text = readFileSync(join(__dirname, "..", "..", "..", "docs", "observability.md"), "utf8");
    const rows = text.split("\n").filter((line) => /^\| `/.test(line) && line.split("|").length === 5);
    const cells = rows.map((row) => row.split("|")[1] ?? "");
    const documented = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
    const patterns = documented.map((name) => new RegExp(`^${name.replace(/<zone>|…/, ".+")}$`));
    const names = environments
      .flatMap((environment) => everyResource(watched(environment)))
      .flatMap(({ type, block }): string[] => {
        if (type === "aws_cloudwatch_metric_alarm") return [block.alarm_name];
        return type === "aws_cloudwatch_event_rule" ? [block.name] : [];
      })
      .map((name) => name.replace(/^big-data-(dev|prod|quiet|streamed)-/, ""));
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !patterns.some((pattern) => pattern.test(name)))).toEqual([]);
    expect(documented.filter((_, index) => !names.some((name) => patterns[index]?.test(name)))).toEqual([]);
  });

  /** Source: Amazon CloudWatch API Reference, "PutMetricAlarm". */
  test("look back no further than CloudWatch does", () => {
    const alarms = Object.values(resources(watched("prod"), "aws_cloudwatch_metric_alarm", 17));
    for (const { period, metric_query, evaluation_periods } of alarms) {
      const seconds = period ?? metric_query[0].period ?? metric_query[0].metric.period;
      expect(seconds * evaluation_periods).toBeLessThanOrEqual(seconds >= 3600 ? 604_800 : 86_400);
    }
  });

  test("are none where none are wanted; the topics are there for others", () => {
    resources(watched("quiet"), "aws_cloudwatch_metric_alarm", 0);
    resources(watched("quiet"), "aws_cloudwatch_event_rule", 0);
    resources(watched("quiet"), "aws_sns_topic", 2);
    const arn = (severity: string) =>
      expect.objectContaining({ value: ref(`aws_sns_topic.alarms_${severity}.arn`) });
    expect(watched("quiet").output).toEqual({
      critical_topic_arn: arn("critical"),
      warning_topic_arn: arn("warning"),
    });
  });
});

test("the network publishes its NAT gateways by zone", () => {
  const ids = (environment: string) => pick(stacks, `${environment}-network`).output?.nat_gateway_ids.value;
  const gateway = (zone: string) => ref(`aws_nat_gateway.nat_gateways_${zone}.id`);
  expect(ids("prod")).toEqual({ a: gateway("a"), b: gateway("b") });
  expect(ids("dev")).toEqual({ a: gateway("a") });
  expect(ids("quiet")).toEqual({});
});

test("there is a budget where the configuration says how much", () => {
  const { budget: _, ...without } = dev.observability;
  const none = stacksOf([variant({ observability: without })]);
  resources(pick(none, "dev-observability"), "aws_budgets_budget", 0);
  expect(only(watched("dev"), "aws_budgets_budget")).toMatchObject({
    name: "big-data-dev",
    limit_amount: "300",
  });
});

test("Airflow may send metrics to the environment's namespace and MWAA's own, and alarms watch that one", () => {
  const { policy } =
    pick(stacks, "prod-orchestration").resource?.aws_iam_role_policy?.airflow_execution_airflow ?? {};
  const statement = JSON.parse(policy).Statement.find(({ Sid }: { Sid: string }) => Sid === "PublishMetrics");
  expect(statement.Condition).toEqual({
    StringEquals: { "cloudwatch:namespace": ["AmazonMWAA", "AWS/MWAA", "big-data/prod"] },
  });
  const { pipeline_freshness } = resources(watched("prod"), "aws_cloudwatch_metric_alarm", 17);
  expect(pipeline_freshness.namespace).toBe("big-data/prod");
});

test("every log group of every stack is encrypted, and forgets", () => {
  const groups = [...stacks].flatMap(([stack, json]) =>
    everyResource(json)
      .filter(({ type }) => type === "aws_cloudwatch_log_group")
      .map(({ name, block }) => ({ stack, name, block })),
  );
  expect(groups.length).toBeGreaterThanOrEqual(3 * 3 + 2);
  for (const { stack, name, block } of groups) {
    expect({ stack, name, ...block }).toMatchObject({
      kms_key_id: expect.stringMatching(/\.(arn|outputs\.data_kms_key_arn)\}$/),
      retention_in_days: expect.any(Number),
    });
  }
});
