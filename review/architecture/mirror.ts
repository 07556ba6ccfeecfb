import type { Placed, PlacedBox } from "./layout";
import { labelSize } from "./text-size";

/** The packed compartment around each box that is in one. */
function packedAround(boxes: readonly PlacedBox[]): ReadonlyMap<string, PlacedBox> {
  const around = boxes.filter(({ box }) => box.packed);
  return new Map(around.flatMap((one) => (one.box.children ?? []).map(({ id }) => [id, one] as const)));
}

/** A drawing as its mirror image. */
function mirrored(placed: Placed): Placed {
  const { width, boxes, arrows } = placed;
  const flip = (x: number, span = 0) => width - x - span;
  const packed = packedAround(boxes);
  return {
    ...placed,
    boxes: boxes.map((one) => {
      const around = packed.get(one.box.id);
      // What is packed keeps its place in its compartment, whose text begins at the left in the mirror too.
      const x = around ? flip(around.x, around.width) + (one.x - around.x) : flip(one.x, one.width);
      return { ...one, x };
    }),
    arrows: arrows.map(({ points, label }) => ({
      points: points.map(({ x, y }) => ({ x: flip(x), y })),
      ...(label && { label: { ...label, x: flip(label.x, labelSize(label.text).width) } }),
    })),
  };
}

/** Zones stand in the order of their names, which the layout knows nothing of. */
export function inReadingOrder(placed: Placed): Placed {
  const zones = placed.boxes.filter(({ box }) => box.kind === "zone");
  const [first, last] = [zones[0], zones.at(-1)];
  return first && last && first.x > last.x ? mirrored(placed) : placed;
}
