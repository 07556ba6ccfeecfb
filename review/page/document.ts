import { createHash } from "node:crypto";
import { document } from "../../markup/document";
import { type Html, html, trusted } from "../../markup/html";
import type { Review } from "../change";
import { countsOf } from "../summary";
import { plural } from "../words";
import { script } from "./script";
import { styles } from "./styles";
import { countWords } from "./words";

function digest(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** The page loads nothing and runs its own script alone, whatever its values contain. */
const policy = `default-src 'none'; style-src ${digest(styles)}; script-src ${digest(script)}; base-uri 'none'; form-action 'none'`;

const sections = [
  ["matters", "What matters"],
  ["changes", "Changes"],
  ["resources", "Resources"],
  ["architecture", "Architecture"],
] as const;

/** How many blocks change in all stacks. */
function totals({ stacks }: Review): string {
  return countWords(
    countsOf({ environment: "", stack: "", changes: stacks.flatMap(({ changes }) => changes) }),
  );
}

function head(review: Review): Html {
  const changed = review.stacks.filter(({ changes }) => changes.length > 0).length;
  const source =
    review.source === "plan"
      ? "as Terraform's plans say where there are some"
      : "as the synthesized JSON says";
  return html`<h1>Review of <code>${review.head}</code></h1>
<p class="lead">Compared with <code>${review.base}</code>, ${source}: ${totals(review)}, in ${changed} of ${plural(review.stacks.length, "stack")}.</p>`;
}

function toolbar(): Html {
  return html`<header class="toolbar"><nav aria-label="Sections">${sections.map(
    ([id, title]) => html`<a href="#${id}">${title}</a>`,
  )}</nav>
<label class="needs-script" hidden><span class="unseen">Search resources and changes</span><input type="search" id="search" placeholder="Search resources and changes" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></label>
<button type="button" id="theme" class="needs-script" hidden>Theme</button></header>`;
}

/** The whole document around its sections. */
export function reviewDocument(review: Review, content: readonly Html[]): Html {
  const body = html`${toolbar()}
<main>
${head(review)}
${content}</main>
<script>${trusted(script)}</script>`;
  return document({ title: `Review of ${review.head}`, policy, styles, body });
}
