import type { Box } from "./drawing";

/**
 * Widths in pixels of a character, on the safe side for the system fonts of the page: no browser is at hand when the
 * page is written. A test in Chromium finds text that leaves its box.
 */
const titleCharacter = 8.3;
const lineCharacter = 7;
const padding = 12;

/** The distance from one baseline to the next. */
export const lineHeight = 16;
/** From the upper edge of a box to the baseline of its title. */
export const firstBaseline = 22;

/** How many pixels a text takes at most. */
function widthOf(text: string, character: number): number {
  return Math.ceil([...text].length * character);
}

function textWidth({ title, lines, mark }: Box): number {
  const texts = [
    widthOf(title, titleCharacter),
    ...lines.map((line) => widthOf(line, lineCharacter)),
    ...(mark ? [widthOf(mark, titleCharacter) + 24] : []),
  ];
  return Math.max(...texts);
}

/** How high the text of a box is, with space around it. */
export function compartmentHead({ lines, mark }: Box): number {
  return firstBaseline + (lines.length + (mark ? 1 : 0)) * lineHeight + 12;
}

/** The smallest size that holds the text of a box. */
export function boxSize(box: Box): { readonly width: number; readonly height: number } {
  return { width: textWidth(box) + 2 * padding, height: compartmentHead(box) };
}

/** The size of an arrow's label. */
export function labelSize(text: string): { readonly width: number; readonly height: number } {
  return { width: widthOf(text, lineCharacter) + 8, height: lineHeight };
}
