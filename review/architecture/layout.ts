import ELK from "elkjs/lib/elk.bundled.js";
import type { ElkExtendedEdge, ElkNode, LayoutOptions } from "elkjs/lib/elk-api";
import { type Box, type Drawing, everyBox } from "./drawing";
import { boxSize, compartmentHead, labelSize } from "./text-size";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box with its place; coordinates are the drawing's. */
export interface PlacedBox extends Point {
  readonly box: Box;
  readonly width: number;
  readonly height: number;
}

export interface PlacedArrow {
  readonly points: readonly Point[];
  readonly label?: Point & { readonly text: string };
}

/** A drawing with a place for everything. */
export interface Placed {
  readonly width: number;
  readonly height: number;
  /** Compartments before what is in them. */
  readonly boxes: readonly PlacedBox[];
  readonly arrows: readonly PlacedArrow[];
}

const options: LayoutOptions = {
  "elk.algorithm": "layered",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.spacing.nodeNodeBetweenLayers": "34",
  "elk.layered.spacing.edgeNodeBetweenLayers": "16",
  "elk.layered.mergeEdges": "true",
  "elk.spacing.nodeNode": "20",
  "elk.spacing.edgeNode": "14",
  "elk.spacing.componentComponent": "28",
};

const packing: LayoutOptions = {
  "elk.algorithm": "rectpacking",
  "elk.hierarchyHandling": "SEPARATE_CHILDREN",
  "elk.spacing.nodeNode": "14",
  "elk.aspectRatio": "1.9",
};

/**
 * A compartment is at least as wide as its title. The layered algorithm turns a drawing that goes up or down by a
 * quarter before it works, and takes this size as it is after that: width and height change places.
 */
function nodeOf(box: Box, spacing: LayoutOptions): ElkNode {
  const { width, height } = boxSize(box);
  if (!box.children?.length) return { id: box.id, width, height };
  return {
    id: box.id,
    children: box.children.map((child) => nodeOf(child, spacing)),
    layoutOptions: {
      ...(box.packed ? packing : spacing),
      "elk.padding": `[top=${compartmentHead(box)},left=16,bottom=16,right=16]`,
      "elk.nodeSize.constraints": "[MINIMUM_SIZE]",
      "elk.nodeSize.minimum": box.packed ? `(${width},1)` : `(1,${width})`,
    },
  };
}

function edgeId({ id }: Drawing, index: number): string {
  return `${id} arrow ${index}`;
}

function graphOf(drawing: Drawing): ElkNode {
  const { id, direction, boxes, arrows } = drawing;
  const all: LayoutOptions = { ...options, "elk.direction": direction };
  const edges = arrows.map(({ from, to, label }, index): ElkExtendedEdge => {
    const labels = label === undefined ? [] : [{ text: label, ...labelSize(label) }];
    return { id: edgeId(drawing, index), sources: [from], targets: [to], labels };
  });
  return { id, layoutOptions: all, children: boxes.map((box) => nodeOf(box, all)), edges };
}

function everyNode(nodes: readonly ElkNode[]): readonly ElkNode[] {
  return nodes.flatMap((node) => [node, ...everyNode(node.children ?? [])]);
}

function everyEdge(node: ElkNode): readonly ElkExtendedEdge[] {
  return [...(node.edges ?? []), ...(node.children ?? []).flatMap(everyEdge)];
}

function placedArrow({ sections = [], labels: [label] = [] }: ElkExtendedEdge): PlacedArrow {
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
  if (label?.text === undefined) return { points };
  return { points, label: { text: label.text, x: label.x ?? 0, y: label.y ?? 0 } };
}

/** Gives everything a place. */
export async function place(drawing: Drawing): Promise<Placed> {
  const root = await new ELK().layout(graphOf(drawing));
  const byId = new Map(everyNode(root.children ?? []).map((node) => [node.id, node]));
  const boxes = everyBox(drawing.boxes).map((box) => {
    const { x = 0, y = 0, width = 0, height = 0 } = byId.get(box.id) ?? {};
    return { box, x, y, width, height };
  });
  const { width = 0, height = 0 } = root;
  const hidden = new Set(
    drawing.arrows.flatMap((arrow, index) => (arrow.hidden ? [edgeId(drawing, index)] : [])),
  );
  const drawn = everyEdge(root).filter((edge) => !hidden.has(edge.id));
  return { width, height, boxes, arrows: drawn.map(placedArrow) };
}
