import { layout } from "../../contracts/layout";
import type { Dataset, Example } from "../../contracts/run-results";
import { type Html, html } from "../../markup/html";
import { table } from "../table";

/** Of a line that could not be cut nobody can say which part of it is personal. */
const malformed = layout.reasons.malformed.code;

function shown(text: string | null): Html {
  return text === null ? html`<i>nothing</i>` : html`<code>${text}</code>`;
}

function brokenText(code: string, { values }: Example): Html {
  if (code === malformed) return html`<i>the line is not shown</i>`;
  const text = values[code.split(".")[0] ?? ""];
  return text === undefined ? html`<i>personal, not shown</i>` : shown(text);
}

/** What names the row, where something may. */
function rowOf(code: string, { values }: Example): Html {
  const column = code.split(".")[0];
  const others = Object.entries(values).filter(([name]) => name !== column);
  return html`${others.map(([name, text]) => html`<span>${name} ${shown(text)}</span> `)}`;
}

/** Rows that broke a rule, to unfold; null where there are none to show. */
export function examplesOf({ name, reasons }: Pick<Dataset, "name" | "reasons">): Html | null {
  const rows = reasons.flatMap(({ code, examples = [] }) =>
    examples.map((example) => [code, brokenText(code, example), rowOf(code, example), example.file]),
  );
  if (rows.length === 0) return null;
  return html`<details><summary>Examples of ${name}</summary>${table({
    caption: `Examples of quarantined rows of ${name}`,
    columns: [
      { title: "Reason", code: true },
      { title: "What broke it" },
      { title: "Row" },
      { title: "File", code: true },
    ],
    rows,
  })}</details>`;
}
