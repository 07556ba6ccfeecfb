import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import type { AlarmGroup, Graph, Metric } from "./alarm-group";

export interface DashboardProps {
  readonly name: string;
  readonly region: string;
  readonly groups: readonly AlarmGroup[];
}

/** A dashboard is 24 units wide; two graphs in a row, after one row of all alarms. */
const width = 12;
const height = 6;

/**
 * What the alarms watch, on one page: the state of all alarms, then a graph for each thing watched, its limit in it.
 * Source: Amazon CloudWatch User Guide, "Dashboard Body Structure and Syntax".
 */
export class Dashboard extends Construct {
  readonly dashboard: CloudwatchDashboard;

  constructor(scope: Construct, id: string, { name, region, groups }: DashboardProps) {
    super(scope, id);
    const alarms = groups.flatMap((group) => group.alarms.map(({ arn }) => arn));
    const top = alarms.length === 0 ? [] : [alarmWidget(alarms)];
    const graphs = groups.flatMap((group) => group.graphs);
    const widgets = graphs.map((graph, index) => ({
      ...graphWidget(graph, region),
      x: (index % 2) * width,
      y: top.length * height + Math.floor(index / 2) * height,
      width,
      height,
    }));
    this.dashboard = new CloudwatchDashboard(this, "cloudwatch_dashboard", {
      dashboardName: name,
      dashboardBody: JSON.stringify({ widgets: [...top, ...widgets] }),
    });
  }
}

function alarmWidget(alarms: readonly string[]) {
  return { type: "alarm", x: 0, y: 0, width: 2 * width, height, properties: { title: "alarms", alarms } };
}

function graphWidget({ title, watched, period, threshold }: Graph, region: string) {
  return {
    type: "metric",
    properties: {
      title,
      region,
      period,
      view: "timeSeries",
      metrics: seriesOf(watched),
      annotations: { horizontal: [{ label: "limit", value: threshold }] },
    },
  };
}

function seriesOf(watched: Graph["watched"]): unknown[] {
  if ("metric" in watched) return [series(watched.metric)];
  if ("query" in watched) return [[{ expression: watched.query }]];
  const metrics = Object.entries(watched.metrics).map(([id, metric]) =>
    series(metric, { id, visible: false }),
  );
  return [[{ expression: watched.formula }], ...metrics];
}

function series({ namespace, name, dimensions, statistic }: Metric, options: object = {}): unknown[] {
  return [namespace, name, ...Object.entries(dimensions).flat(), { stat: statistic, ...options }];
}
