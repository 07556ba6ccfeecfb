import type { PlotSpec } from "./draw";
import { shorten, widthOf } from "./text";

export interface Stack {
  readonly label: string;
  readonly parts: readonly StackPart[];
}

export interface StackPart {
  readonly value: number;
  /** A CSS colour. */
  readonly color: string;
  /** Shown where the pointer rests. */
  readonly hint: string;
}

const rowHeight = 39;

function segments(stacks: readonly Stack[], labelWidth: number) {
  return stacks.flatMap(({ label, parts }, row) => {
    const whole = parts.reduce((sum, part) => sum + part.value, 0);
    let end = 0;
    return parts
      .filter((part) => part.value > 0)
      .map((part) => {
        const start = end;
        end += part.value / whole;
        return { ...part, row, label: shorten(label, labelWidth), start, end };
      });
  });
}

/**
 * Horizontal bars that each stand for a whole and show its parts, so that small and large wholes compare.
 *
 * @param width of the whole plot, in pixels.
 */
export function stackPlot(stacks: readonly Stack[], width: number): PlotSpec {
  const labelWidth = Math.min(widthOf(stacks.map((stack) => stack.label)), Math.round(width * 0.35));
  const left = labelWidth + 10;
  const right = 14;
  const y = { field: "row", type: "ordinal", axis: null } as const;
  return {
    data: { values: segments(stacks, labelWidth) },
    width: width - left - right,
    height: stacks.length * rowHeight,
    padding: { left, right, top: 0, bottom: 24 },
    layer: [
      {
        mark: { type: "bar", stroke: "var(--surface)", strokeWidth: 1 },
        encoding: {
          y,
          x: {
            field: "start",
            type: "quantitative",
            scale: { domain: [0, 1] },
            axis: {
              format: "%",
              values: width > 600 ? [0, 0.2, 0.4, 0.6, 0.8, 1] : [0, 0.5, 1],
              grid: false,
              domain: false,
            },
          },
          x2: { field: "end" },
          color: { field: "color", type: "nominal", scale: null },
          description: { field: "hint", type: "nominal" },
        },
      },
      {
        transform: [{ filter: "datum.start === 0" }],
        mark: { type: "text", align: "left" },
        encoding: { y, x: { value: -left }, text: { field: "label", type: "nominal" } },
      },
    ],
  };
}
