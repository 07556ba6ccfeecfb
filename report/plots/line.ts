import type { PlotSpec } from "./draw";
import { numberLabel } from "./text";

export interface Point {
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  readonly value: number;
  /** Shown where the pointer rests. */
  readonly hint: string;
}

const height = 200;
const left = 48;
const right = 16;

/** The space before the next point that answers to the pointer. */
function withEnds(points: readonly Point[]) {
  return points.map((point, index) => ({
    ...point,
    next: points[index + 1]?.time ?? point.time + 86_400_000,
  }));
}

/**
 * A line over time with the area below it. There is at least one point.
 *
 * @param width of the whole plot, in pixels.
 */
export function linePlot(points: readonly Point[], width: number): PlotSpec {
  const values = points.map((point) => point.value);
  const domain = [Math.min(0, ...values), Math.max(...values, 0) || 1];
  const x = {
    field: "time",
    type: "temporal",
    scale: { type: "utc" },
    axis: { grid: false, tickCount: Math.round(width / 90), labelFlush: true },
  } as const;
  const y = {
    field: "value",
    type: "quantitative",
    scale: { domain, nice: true },
    axis: { tickCount: 4, domain: false, ticks: false, labelExpr: numberLabel },
  } as const;
  return {
    data: { values: withEnds(points) },
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
        encoding: { x, y },
      },
      {
        mark: { type: "rect", color: "transparent" },
        encoding: { x, x2: { field: "next" }, description: { field: "hint", type: "nominal" } },
      },
    ],
  };
}
