import { type Html, html } from "../../markup/html";
import { anchorOf } from "../anchor";
import type { Change, Review } from "../change";
import { isObject, type JsonObject } from "../json";
import type { SynthesizedStack } from "../read";
import { plural } from "../words";
import { actionBadge } from "./changes";

interface Row {
  readonly environment: string;
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly change: Change | undefined;
}

function namesIn(json: JsonObject): readonly (readonly [type: string, name: string])[] {
  const types = Object.entries(isObject(json.resource) ? json.resource : {});
  return types.flatMap(([type, named]) =>
    Object.keys(isObject(named) ? named : {}).map((name) => [type, name] as const),
  );
}

function rowsOf(review: Review, stacks: readonly SynthesizedStack[]): readonly Row[] {
  const changes = new Map(
    review.stacks.flatMap((stack) => stack.changes.map((change) => [anchorOf(change), change] as const)),
  );
  return stacks.flatMap(({ environment, stack, json }) =>
    namesIn(json).map(([type, name]) => {
      const address = `${type}.${name}`;
      return {
        environment,
        stack,
        address,
        type,
        change: changes.get(anchorOf({ environment, stack, address })),
      };
    }),
  );
}

function tableRow({ environment, stack, address, type, change }: Row): Html {
  const name = change ? html`<a href="#${anchorOf(change)}">${address}</a>` : address;
  return html`<tr tabindex="-1"${change && html` class="changed"`}><th scope="row">${name}</th><td>${type}</td><td>${stack}</td><td>${environment}</td><td>${change && actionBadge(change)}</td></tr>\n`;
}

function environmentFilter(rows: readonly Row[]): Html {
  const names = [...new Set(rows.map(({ environment }) => environment))];
  return html`<label>Environment <select id="environment"><option value="">all</option>${names.map(
    (name) => html`<option>${name}</option>`,
  )}</select></label>`;
}

/** All resources of the head, to search in. */
export function resourceSection(review: Review, stacks: readonly SynthesizedStack[]): Html {
  const rows = rowsOf(review, stacks);
  return html`<section id="resources" aria-labelledby="resources-title">
<h2 id="resources-title">Resources</h2>
<div class="filters">${environmentFilter(rows)}<label><input type="checkbox" id="changed-only"> changed only</label>
<output id="found" for="search environment changed-only">${plural(rows.length, "resource")}</output></div>
<div class="scroll" role="region" aria-label="All resources" tabindex="0"><table>
<caption class="unseen">All resources of ${review.head}</caption>
<thead><tr><th scope="col">Address</th><th scope="col">Type</th><th scope="col">Stack</th><th scope="col">Environment</th><th scope="col">Change</th></tr></thead>
<tbody>
${rows.map(tableRow)}</tbody></table></div></section>\n`;
}
