import { compact } from "../format";
import { edgeAxis, numberAxis, timeAxis, valueAxis } from "./axes";
import type { PlotSpec } from "./draw";

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
  /** At least one, each beginning where the one before ends. */
  readonly spans: readonly Span[];
  /** Whether the horizontal axis is time. */
  readonly time: boolean;
  /** Of the whole plot, in pixels. */
  readonly width: number;
}

const height = 130;
const left = 44;
const right = 14;

/** Whether all spans are equally wide, but for rounding. */
function areEven(spans: readonly Span[]): boolean {
  const widths = spans.map((span) => span.to - span.from);
  return Math.max(...widths) - Math.min(...widths) < Math.max(...widths) / 1000;
}

function overTime(spans: readonly Span[], width: number) {
  const axis = timeAxis(
    spans.map((span) => span.from),
    width,
  );
  return { spans, x: { type: "temporal", scale: { type: "utc" }, axis } } as const;
}

function overNumbers(spans: readonly Span[], width: number) {
  const edges = [...spans.map((span) => span.from), ...spans.slice(-1).map((span) => span.to)];
  const domain: [number, number] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const scale = { domain, nice: false, zero: false } as const;
  return { spans, x: { type: "quantitative", scale, axis: numberAxis(width) } } as const;
}

/** A wide span would look as if it held more than its rows say: uneven spans get columns of one width. */
function overSteps(spans: readonly Span[], width: number) {
  const edges = [...spans.map((span) => span.from), ...spans.slice(-1).map((span) => span.to)];
  const steps = spans.map((span, index) => ({ ...span, from: index, to: index + 1 }));
  const domain: [number, number] = [0, spans.length];
  return {
    spans: steps,
    x: { type: "quantitative", scale: { domain }, axis: edgeAxis(edges.map(compact), width) },
  } as const;
}

function place({ spans, time, width: whole }: ColumnPlot) {
  const width = whole - left - right;
  if (time) return overTime(spans, width);
  return areEven(spans) ? overNumbers(spans, width) : overSteps(spans, width);
}

/** Columns over numbers or time: a histogram or a timeline. */
export function columnPlot(plot: ColumnPlot): PlotSpec {
  const { spans, x } = place(plot);
  const most = Math.max(...spans.map((span) => span.value)) || 1;
  return {
    data: { values: [...spans] },
    width: plot.width - left - right,
    height,
    padding: { left, right, top: 8, bottom: 24 },
    mark: { type: "bar", color: "var(--accent)", binSpacing: spans.length > 60 ? 0 : 1.2 },
    encoding: {
      x: { field: "from", ...x },
      x2: { field: "to" },
      y2: { datum: 0 },
      y: {
        field: "value",
        type: "quantitative",
        scale: { domain: [0, most], nice: true },
        axis: valueAxis(3),
      },
      description: { field: "hint", type: "nominal" },
    },
  };
}
