import type { Change } from "./change";

/** Text as part of an id in HTML: no blank, nothing that a link would have to encode. */
export function idText(text: string): string {
  return text.replace(/[^\w.-]/g, (character) => `:${character.codePointAt(0)?.toString(16)}:`);
}

/** Where on the page a change is. */
export function anchorOf({
  environment,
  stack,
  address,
}: Pick<Change, "environment" | "stack" | "address">): string {
  return idText(`change-${environment}-${stack}-${address}`);
}
