import { type Content, type Html, html } from "../../markup/html";
import type { Box, Drawing } from "./drawing";
import type { Placed, PlacedArrow, PlacedBox } from "./layout";
import { signs } from "./marks";
import { firstBaseline, lineHeight } from "./text-size";

const left = 12;

function textOf({ box, x, y }: PlacedBox): Html {
  const baseline = y + firstBaseline;
  const lines = [...box.lines.map((line) => ({ line, look: "line" }))];
  if (box.mark) lines.push({ line: signs[box.mark], look: "sign" });
  return html`<text class="title" x="${x + left}" y="${baseline}">${box.title}</text>${lines.map(
    ({ line, look }, index) =>
      html`<text class="${look}" x="${x + left}" y="${baseline + (index + 1) * lineHeight}">${line}</text>`,
  )}`;
}

function linked({ href }: Box, content: Content): Content {
  return href === undefined ? content : html`<a href="${href}">${content}</a>`;
}

function isCompartment({ children }: Box): boolean {
  return Boolean(children?.length);
}

function classOf(box: Box): string {
  return ["box", box.kind, isCompartment(box) && "compartment", box.mark].filter(Boolean).join(" ");
}

function shapeOf({ x, y, width, height }: PlacedBox): Html {
  return html`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`;
}

function group(placed: PlacedBox, ...content: readonly Content[]): Html {
  return html`<g class="${classOf(placed.box)}">${linked(placed.box, content)}</g>\n`;
}

function arrowMarkup(drawing: string, { points, label }: PlacedArrow): Html {
  const path = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
  const text = label && html`<text class="label" x="${label.x + 4}" y="${label.y + 12}">${label.text}</text>`;
  return html`<path class="arrow" d="${path}" marker-end="url(#${drawing}-head)"/>${text}\n`;
}

/** The drawing as SVG that takes its colours from the page: compartments below arrows, and text above all. */
export function svg({ id, title, description }: Drawing, { width, height, boxes, arrows }: Placed): Html {
  const compartments = boxes.filter(({ box }) => isCompartment(box));
  const leaves = boxes.filter(({ box }) => !isCompartment(box));
  return html`<svg class="drawing" role="group" aria-labelledby="${id}-title" aria-describedby="${id}-description" viewBox="-4 -4 ${width + 8} ${height + 8}" width="${width + 8}" height="${height + 8}" xmlns="http://www.w3.org/2000/svg">
<title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>
<defs><marker id="${id}-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="head" d="M0 1L10 5L0 9z"/></marker></defs>
${compartments.map((placed) => html`<g class="${classOf(placed.box)}">${shapeOf(placed)}</g>\n`)}
${arrows.map((arrow) => arrowMarkup(id, arrow))}
${compartments.map((placed) => group(placed, textOf(placed)))}
${leaves.map((placed) => group(placed, shapeOf(placed), textOf(placed)))}</svg>`;
}
