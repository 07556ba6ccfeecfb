import { type Html, html } from "../../markup/html";
import { drawEnvironment, type Picture } from "../architecture";
import { signs } from "../architecture/marks";
import type { Review } from "../change";
import type { SynthesizedStack } from "../read";

function list(title: string, items: readonly string[]): Html | null {
  if (items.length === 0) return null;
  return html`<h5>${title}</h5><ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function figure({ title, description, svg, arrows, marks }: Picture): Html {
  return html`<figure>
<figcaption><h4>${title}</h4><p class="muted">${description}</p></figcaption>
<div class="scroll" role="region" aria-label="${title}" tabindex="0">${svg}</div>
<details><summary>The same in words</summary>${list("Changes", marks)}${list("Arrows", arrows)}</details>
</figure>\n`;
}

function legend(): Html {
  const marks = Object.entries(signs).map(
    ([mark, sign]) => html`<li><span class="action ${mark}">${sign}</span></li>`,
  );
  return html`<ul class="legend">${marks}<li>A changed box leads to its change.</li></ul>`;
}

function environmentPictures(environment: string, pictures: readonly Picture[]): Html | null {
  if (pictures.length === 0) return null;
  return html`<details class="architecture" open><summary><h3>${environment}</h3></summary>${pictures.map(figure)}</details>\n`;
}

/** Every environment as it will be, drawn; what goes is drawn too, and marked. */
export async function architectureSection(
  review: Review,
  stacks: readonly SynthesizedStack[],
): Promise<Html> {
  const environments = [...new Set(stacks.map(({ environment }) => environment))];
  const drawn = await Promise.all(
    environments.map(async (environment) =>
      environmentPictures(environment, await drawEnvironment(environment, stacks, review)),
    ),
  );
  return html`<section id="architecture" aria-labelledby="architecture-title">
<h2 id="architecture-title">Architecture</h2>${legend()}
${drawn}</section>\n`;
}
