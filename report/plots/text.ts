/** The widest a character of 12 px text is on average, in pixels. */
const characterWidth = 7.3;

/** Shortens text to what fits, with an ellipsis in the middle, where names differ least. */
export function shorten(text: string, width: number): string {
  const room = Math.max(3, Math.floor(width / characterWidth));
  if (text.length <= room) return text;
  const tail = Math.floor((room - 1) / 2);
  return `${text.slice(0, room - 1 - tail)}…${text.slice(text.length - tail)}`;
}

/** The pixels that the longest of some texts needs. */
export function widthOf(texts: readonly string[]): number {
  return Math.ceil(Math.max(0, ...texts.map((text) => text.length)) * characterWidth);
}
