import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { AlarmTopics, Severity } from "./alarm-topics";
import { type MetricAlarm, whenMissing } from "./missing-data";

/** One metric of CloudWatch, as an alarm watches it and a graph shows it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
}

/** What is looked at: a metric, a formula of several by their ids, or a query over metrics whose ids nobody knows. */
export type Watched =
  | { readonly metric: Metric }
  | { readonly metrics: Readonly<Record<string, Metric>>; readonly formula: string }
  | { readonly query: string };

/** When it is too much, or too little. */
export interface Condition {
  readonly comparison: "above" | "at_least" | "at_most" | "below";
  readonly threshold: number;
  /** Seconds of a period, and how many of them in a row. */
  readonly period: number;
  readonly periods: number;
}

/** Who is told, and what. */
export interface Notice {
  readonly severity: Severity;
  /** What has happened, in one sentence. */
  readonly says: string;
  /** The section of docs/runbooks.md that says what to do. */
  readonly runbook: string;
}

/** The notice of an alarm on a metric, whose runbook also decides what no data means. */
export type MetricNotice = Notice & { readonly runbook: MetricAlarm };

/** A graph of a dashboard. */
export interface Graph {
  readonly title: string;
  readonly watched: Watched;
  readonly period: number;
  readonly threshold: number;
}

/** What all alarms of an environment share. */
export interface AlarmScope {
  readonly namePrefix: string;
  readonly topics: AlarmTopics;
  /** Whether anybody is told, or it is only drawn. */
  readonly alarmed: boolean;
}

/** What every group of alarms takes. */
export interface AlarmGroupProps {
  readonly alarmScope: AlarmScope;
}

const operators = {
  above: "GreaterThanThreshold",
  at_least: "GreaterThanOrEqualToThreshold",
  at_most: "LessThanOrEqualToThreshold",
  below: "LessThanThreshold",
} as const;

/** The text of an alarm, which ends with where to read on. */
export function descriptionOf({ says, runbook }: Notice): string {
  return `${says} What to do: docs/runbooks.md#${runbook}`;
}

/**
 * Alarms on one kind of resource, and a graph of whatever they watch. Who was told of an alarm is told of its end, too.
 * Source: Amazon CloudWatch User Guide, "Using Amazon CloudWatch alarms".
 */
export class AlarmGroup extends Construct {
  readonly alarms: CloudwatchMetricAlarm[] = [];
  readonly graphs: Graph[] = [];

  protected readonly alarmScope: AlarmScope;

  constructor(scope: Construct, id: string, { alarmScope }: AlarmGroupProps) {
    super(scope, id);
    this.alarmScope = alarmScope;
  }

  /** Draws something, and raises an alarm on it where the environment wants one. */
  protected watch(id: string, notice: MetricNotice, watched: Watched, condition: Condition): void {
    const { namePrefix, topics, alarmed } = this.alarmScope;
    const name = `${this.node.id}-${id}`.replaceAll("_", "-");
    const { threshold, period } = condition;
    this.graphs.push({ title: name, watched, period, threshold });
    if (!alarmed) return;
    const action = [topics.topics[notice.severity].arn];
    const missing = whenMissing(notice.runbook);
    const alarm = new CloudwatchMetricAlarm(this, id, {
      alarmName: `${namePrefix}-${name}`,
      alarmDescription: descriptionOf(notice),
      comparisonOperator: operators[condition.comparison],
      threshold,
      evaluationPeriods: condition.periods,
      treatMissingData: missing.treat,
      alarmActions: action,
      okActions: action,
      ...(missing.notify ? { insufficientDataActions: action } : {}),
      ...measured(watched, period),
    });
    this.alarms.push(alarm);
  }
}

function measured(watched: Watched, period: number) {
  if ("metric" in watched) return { ...plain(watched.metric), period };
  if ("query" in watched) {
    return { metricQuery: [{ id: "query", expression: watched.query, period, returnData: true }] };
  }
  const metrics = Object.entries(watched.metrics).map(([id, metric]) => {
    const { statistic: stat, ...rest } = plain(metric);
    return { id, metric: { ...rest, stat, period }, returnData: false };
  });
  const formula = { id: "formula", expression: watched.formula, label: "formula", returnData: true };
  return { metricQuery: [...metrics, formula] };
}

function plain({ namespace, name, dimensions, statistic }: Metric) {
  return { namespace, metricName: name, dimensions: { ...dimensions }, statistic };
}
