import { type Html, html, trusted } from "../../markup/html";
import type { AttributeChange, Change, Json } from "../change";
import { isList, isObject, opened } from "../json";
import { plural } from "../words";
import { arrowDiff, lineDiff, oneSided, plainValue, wordDiff } from "./text-diff";

/** Up to this many characters two values stand beside each other. */
const shortest = 48;

/** A value as one reads it: JSON in texts, such as a policy, is opened and indented. */
export function readable(value: Json): string {
  const open = opened(value) ?? null;
  if (isObject(open) || isList(open)) return JSON.stringify(open, null, 2);
  return typeof open === "string" ? open : JSON.stringify(open);
}

function difference({ before, after }: AttributeChange): Html {
  if (before === undefined && after === undefined) return html`<span class="muted">known after apply</span>`;
  if (before === undefined) return oneSided(readable(after ?? null), "after");
  if (after === undefined) return oneSided(readable(before), "before");
  const [was, is] = [readable(before), readable(after)];
  if (was.includes("\n") || is.includes("\n")) return lineDiff(was, is);
  return was.length + is.length <= 2 * shortest ? arrowDiff(was, is) : wordDiff(was, is);
}

/** A path that may break after its dots, where no word is cut. */
function breakable(path: string): readonly Html[] {
  return path.split(/(?<=[.\]])/).map((part, index) => html`${index > 0 && trusted("<wbr>")}${part}`);
}

function row({ path, replaces }: AttributeChange, value: Html): Html {
  const forces = replaces === "yes" && html` <strong class="badge risk">forces replacement</strong>`;
  return html`<div><dt><code>${breakable(path)}</code>${forces}</dt><dd>${value}</dd></div>\n`;
}

/** The attributes of a change, old and new; those of a whole block that comes or goes are folded. */
export function attributeList({ action, attributes }: Change): Html | null {
  if (attributes.length === 0) return null;
  const isWhole = action === "add" || action === "remove";
  const shown = (attribute: AttributeChange) =>
    isWhole ? plainValue(readable(attribute.after ?? attribute.before ?? null)) : difference(attribute);
  const list = html`<dl class="attributes">${attributes.map((one) => row(one, shown(one)))}</dl>`;
  if (!isWhole) return list;
  return html`<details><summary>${plural(attributes.length, "attribute")}</summary>${list}</details>`;
}
