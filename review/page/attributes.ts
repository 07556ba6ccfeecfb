import { type Html, html } from "../../markup/html";
import type { AttributeChange, Change, Json } from "../change";
import { isList, isObject, opened } from "../json";
import { arrowDiff, lineDiff, oneSided, wordDiff } from "./text-diff";

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

function row(attribute: AttributeChange): Html {
  const replaces =
    attribute.replaces === "yes" && html` <strong class="badge risk">forces replacement</strong>`;
  return html`<div><dt><code>${attribute.path}</code>${replaces}</dt><dd>${difference(attribute)}</dd></div>\n`;
}

/** The attributes of a change, old and new; those of a whole block that comes or goes are folded. */
export function attributeList({ action, attributes }: Change): Html | null {
  if (attributes.length === 0) return null;
  const list = html`<dl class="attributes">${attributes.map(row)}</dl>`;
  if (action === "change" || action === "move") return list;
  return html`<details><summary>${attributes.length} attributes</summary>${list}</details>`;
}
