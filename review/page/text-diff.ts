import { diffLines, diffWordsWithSpace } from "diff";
import { type Content, type Html, html } from "../../markup/html";

/** Unchanged lines that are shown on both sides of a changed one. */
const context = 3;

function gone(text: string): Html {
  return html`<del><span class="unseen">was </span>${text}</del>`;
}

function come(text: string): Html {
  return html`<ins><span class="unseen">now </span>${text}</ins>`;
}

/** A text as it was and as it is, in one: word by word. */
export function wordDiff(before: string, after: string): Html {
  const parts = diffWordsWithSpace(before, after).map(({ value, added, removed }): Content => {
    if (removed) return gone(value);
    return added ? come(value) : value;
  });
  return html`<code class="words">${parts}</code>`;
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** Leaves out what stands far from any change. */
function nearChanges(
  lines: readonly string[],
  isFirst: boolean,
  isLast: boolean,
): readonly (string | null)[] {
  const head = isFirst ? [] : lines.slice(0, context);
  const tail = isLast ? [] : lines.slice(-context);
  if (head.length + tail.length >= lines.length) return lines;
  return [...head, null, ...tail];
}

/** Two texts of many lines, line by line. */
export function lineDiff(before: string, after: string): Html {
  const parts = diffLines(`${before}\n`, `${after}\n`);
  const lines = parts.flatMap(({ value, added, removed }, index): readonly Html[] => {
    if (removed) return linesOf(value).map((line) => html`<del>− ${line}\n</del>`);
    if (added) return linesOf(value).map((line) => html`<ins>+ ${line}\n</ins>`);
    return nearChanges(linesOf(value), index === 0, index === parts.length - 1).map((line) =>
      line === null ? html`<i>  …\n</i>` : html`  ${line}\n`,
    );
  });
  return html`<pre class="lines">${lines}</pre>`;
}

/** A short value and the one it becomes. */
export function arrowDiff(before: string, after: string): Html {
  return html`<code>${gone(before)}</code> → <code>${come(after)}</code>`;
}

function value(text: string, content: Content): Html {
  return text.includes("\n") ? html`<pre>${content}</pre>` : html`<code>${content}</code>`;
}

/** A value that there was not before, or is no longer. */
export function oneSided(text: string, side: "before" | "after"): Html {
  return value(text, side === "before" ? gone(text) : come(text));
}

/** A value of what comes or goes as a whole. */
export function plainValue(text: string): Html {
  return value(text, text);
}
