import { document } from "../markup/document";
import { type Html, html } from "../markup/html";
import type { Part } from "./section";
import { styles } from "./styles";

/** The page loads nothing and runs nothing. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";

/** The whole document around its parts. */
export function page(title: string, head: Html, parts: readonly Part[]): Html {
  const body = html`<main>
${head}
<nav aria-label="Sections">${parts.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
${parts.map(({ content }) => content)}
</main>`;
  return document({ title, policy, styles, body });
}
