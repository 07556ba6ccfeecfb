import type { Mark } from "./marks";

/** What a box stands for, which decides how it looks. */
export type Kind =
  | "outside"
  | "vpc"
  | "zone"
  | "public"
  | "private"
  | "isolated"
  | "gateway"
  | "compute"
  | "store"
  | "message"
  | "group";

/** A box of a drawing; one with boxes inside is a compartment. */
export interface Box {
  readonly id: string;
  readonly title: string;
  /** Short facts below the title. */
  readonly lines: readonly string[];
  readonly kind: Kind;
  /** What the review says of it. @default not changed */
  readonly mark?: Mark;
  /** Anchor of its change on the page. @default none */
  readonly href?: string;
  /** @default none: it is no compartment */
  readonly children?: readonly Box[];
  /** Sets the boxes inside side by side: no arrow may lead to one of them. @default false */
  readonly packed?: boolean;
}

/** An arrow between two boxes, by their ids. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** @default none */
  readonly label?: string;
  /** Only keeps the second box further along than the first: it is not drawn. @default false */
  readonly hidden?: boolean;
}

/** Boxes and arrows that one concern adds to a drawing. */
export interface Part {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** What is drawn, before it has a place. */
export interface Drawing extends Part {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly direction: "UP" | "DOWN";
}

/** Every box of a drawing, compartments before what is in them. */
export function everyBox(boxes: readonly Box[]): readonly Box[] {
  return boxes.flatMap((box) => [box, ...everyBox(box.children ?? [])]);
}

/** The arrows whose two ends are drawn, each once. */
export function betweenDrawn(boxes: readonly Box[], arrows: readonly Arrow[]): readonly Arrow[] {
  const drawn = new Set(everyBox(boxes).map(({ id }) => id));
  const known = arrows.filter(({ from, to }) => drawn.has(from) && drawn.has(to) && from !== to);
  return [...new Map(known.map((arrow) => [`${arrow.from}\n${arrow.to}`, arrow])).values()];
}
