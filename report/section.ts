import { type Content, type Html, html } from "../markup/html";

export interface Section {
  /** Anchor of the section in the page. */
  readonly id: string;
  readonly title: string;
  /** What there is to know here, in one sentence. */
  readonly lead: Content;
  readonly body: Content;
}

/** A section as the page places it and links to it. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** One part of the page, under its heading. */
export function section({ id, title, lead, body }: Section): Part {
  const content = html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<p class="lead">${lead}</p>
${body}
</section>`;
  return { id, title, content };
}
