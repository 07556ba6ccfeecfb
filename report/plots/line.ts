import { timeAxis, valueAxis } from "./axes";
import type { PlotSpec } from "./draw";

export interface Point {
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  readonly value: number;
  /** Shown where the pointer rests. */
  readonly hint: string;
}

const height = 200;
const left = 48;
const right = 28;
const day = 86_400_000;

/** Each point answers to the pointer up to half the way to its neighbours. */
function withReach(points: readonly Point[]) {
  return points.map((point, index) => {
    const before = points[index - 1] ?? point;
    const after = points[index + 1] ?? (points.length > 1 ? point : { time: point.time + day });
    return { ...point, begin: (before.time + point.time) / 2, end: (point.time + after.time) / 2 };
  });
}

/**
 * A line over time with the area below it. There is at least one point.
 *
 * @param width of the whole plot, in pixels.
 */
export function linePlot(points: readonly Point[], width: number): PlotSpec {
  const values = points.map((point) => point.value);
  const domain = [Math.min(0, ...values), Math.max(...values, 0) || 1];
  const times = points.map((point) => point.time);
  const x = {
    type: "temporal",
    scale: { type: "utc" },
    axis: timeAxis(times, width - left - right),
  } as const;
  const y = {
    field: "value",
    type: "quantitative",
    scale: { domain, nice: true },
    axis: valueAxis(4),
  } as const;
  return {
    data: { values: withReach(points) },
    width: width - left - right,
    height,
    padding: { left, right, top: 10, bottom: 24 },
    layer: [
      {
        mark: {
          type: "area",
          color: "var(--accent)",
          fillOpacity: 0.15,
          line: { color: "var(--accent)", strokeWidth: 1.5, aria: false },
          aria: false,
        },
        encoding: { x: { ...x, field: "time" }, y },
      },
      {
        mark: { type: "rect", color: "transparent" },
        encoding: {
          x: { ...x, field: "begin" },
          x2: { field: "end" },
          description: { field: "hint", type: "nominal" },
        },
      },
    ],
  };
}
