import { type Content, type Html, html } from "../markup/html";

export interface Column {
  readonly title: string;
  /** Numbers are aligned at their end. @default false */
  readonly numeric?: boolean;
  /** Long values may break anywhere. @default false */
  readonly code?: boolean;
}

export interface Table {
  /** Names the table for those who cannot see where it stands. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Content[])[];
  /** A last row that sums the others. @default none */
  readonly total?: readonly Content[];
}

function classOf(column: Column | undefined): string {
  if (column?.numeric) return "number";
  return column?.code ? "code" : "";
}

function cells(columns: readonly Column[], values: readonly Content[]): readonly Html[] {
  return values.map((value, index) =>
    index === 0
      ? html`<th scope="row" class="${classOf(columns[index])}">${value}</th>`
      : html`<td class="${classOf(columns[index])}">${value}</td>`,
  );
}

/** A table in a box that scrolls by itself where the page is narrow, reachable by keyboard. */
export function table({ caption, columns, rows, total }: Table): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption class="unseen">${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col" class="${classOf(column)}">${column.title}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${cells(columns, row)}</tr>\n`)}</tbody>
${total && html`<tfoot><tr>${cells(columns, total)}</tr></tfoot>\n`}</table></div>`;
}
