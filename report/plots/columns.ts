import type { PlotSpec } from "./draw";
import { numberLabel } from "./text";

/** A column over a part of a continuous axis. */
export interface Span {
  /** A number, or a point in time in milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly value: number;
  /** Shown where the pointer rests. */
  readonly hint: string;
}

export interface ColumnPlot {
  readonly spans: readonly Span[];
  /** Whether the horizontal axis is time. */
  readonly time: boolean;
  /** Of the whole plot, in pixels. */
  readonly width: number;
}

const height = 130;
const left = 44;
const right = 14;

function scaleOf({ spans, time }: ColumnPlot) {
  if (time) return { type: "utc" } as const;
  const domain: [number, number] = [
    Math.min(...spans.map((span) => span.from)),
    Math.max(...spans.map((span) => span.to)),
  ];
  return growing(spans)
    ? ({ type: "log", domain, nice: false } as const)
    : ({ type: "linear", domain, nice: false, zero: false } as const);
}

/** Bins that each are wider than the last by a factor are even on a logarithmic axis only. */
function growing(spans: readonly Span[]): boolean {
  const widths = spans.map((span) => span.to - span.from);
  const narrowest = Math.min(...widths);
  return spans.length > 2 && Math.max(...widths) > narrowest * 10 && spans.every((span) => span.from > 0);
}

/** Columns over numbers or time: a histogram or a timeline. There is at least one span. */
export function columnPlot(plot: ColumnPlot): PlotSpec {
  const { spans, time, width } = plot;
  const most = Math.max(...spans.map((span) => span.value)) || 1;
  const type = time ? "temporal" : "quantitative";
  return {
    data: { values: [...spans] },
    width: width - left - right,
    height,
    padding: { left, right, top: 8, bottom: 24 },
    mark: { type: "bar", color: "var(--accent)", binSpacing: spans.length > 60 ? 0 : 1.2 },
    encoding: {
      x: {
        field: "from",
        type,
        scale: scaleOf(plot),
        axis: {
          grid: false,
          tickCount: Math.round(width / 80),
          labelFlush: true,
          ...(time ? {} : { labelExpr: numberLabel }),
        },
      },
      x2: { field: "to" },
      y2: { datum: 0 },
      y: {
        field: "value",
        type: "quantitative",
        scale: { domain: [0, most], nice: true },
        axis: { tickCount: 3, domain: false, ticks: false, labelExpr: numberLabel },
      },
      description: { field: "hint", type: "nominal" },
    },
  };
}
