import { compact } from "../format";
import type { PlotSpec } from "./draw";
import { shorten, widthOf } from "./text";

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Shown where the pointer rests. */
  readonly hint: string;
  /** How the value is written at the end of the bar. @default the value in three digits */
  readonly text?: string;
  /** A CSS colour. @default the accent */
  readonly color?: string;
  /** Where the bar was expected to end: drawn as a line across it. @default none */
  readonly expected?: number;
}

const rowHeight = 26;
function rowsOf(bars: readonly Bar[], labelWidth: number) {
  return bars.map((bar, row) => ({
    ...bar,
    row,
    end: Math.max(bar.value, 0),
    label: shorten(bar.label, labelWidth),
    text: bar.text ?? compact(bar.value),
    color: bar.color ?? "var(--accent)",
  }));
}

/**
 * Horizontal bars from the top down in the order given, each with its label before and its value after it.
 *
 * @param width of the whole plot, in pixels.
 */
export function barPlot(bars: readonly Bar[], width: number): PlotSpec {
  const labelWidth = Math.min(widthOf(bars.map((bar) => bar.label)), Math.round(width * 0.5));
  const rows = rowsOf(bars, labelWidth);
  const left = labelWidth + 10;
  const right = widthOf(rows.map((row) => row.text)) + 12;
  const most = Math.max(...bars.map((bar) => Math.max(bar.value, bar.expected ?? 0)), 0);
  const domain: [number, number] = [Math.min(0, ...bars.map((bar) => bar.value)), most || 1];
  const y = { field: "row", type: "ordinal", axis: null } as const;
  const x = { field: "value", type: "quantitative", scale: { domain }, axis: null } as const;
  return {
    data: { values: rows },
    width: width - left - right,
    height: bars.length * rowHeight,
    padding: { left, right, top: 2, bottom: 2 },
    layer: [
      {
        mark: { type: "text", align: "left" },
        encoding: { y, x: { value: -left }, text: { field: "label", type: "nominal" } },
      },
      {
        mark: { type: "bar" },
        encoding: {
          y,
          x,
          color: { field: "color", type: "nominal", scale: null },
          description: { field: "hint", type: "nominal" },
        },
      },
      {
        transform: [{ filter: "isValid(datum.expected)" }],
        mark: { type: "tick", thickness: 2, color: "var(--ink)", bandSize: rowHeight - 4, aria: false },
        encoding: { y, x: { field: "expected", type: "quantitative" } },
      },
      {
        mark: { type: "text", align: "left", dx: 8, fill: "var(--muted)" },
        encoding: { y, x: { ...x, field: "end" }, text: { field: "text", type: "nominal" } },
      },
    ],
  };
}
