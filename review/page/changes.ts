import { type Html, html } from "../../markup/html";
import { anchorOf, idText } from "../anchor";
import { type Mark, markOfChange, signs } from "../architecture/marks";
import type { Change, Review, StackReview } from "../change";
import { countsOf } from "../summary";
import { attributeList } from "./attributes";
import { countWords } from "./words";

/** What is done to a block, by a sign and a word. */
export function actionBadge(change: Change): Html {
  const mark: Mark = markOfChange(change);
  const text = change.action === "move" && mark === "changed" ? "→ moved" : signs[mark];
  return html`<span class="action ${mark}">${text}</span>`;
}

function findingList({ findings }: Change): Html | null {
  if (findings.length === 0) return null;
  return html`<ul class="findings">${findings.map(
    ({ category, risk, sentence }) =>
      html`<li><span class="badge ${risk ? "risk" : "calm"}">${category}</span> ${sentence}</li>`,
  )}</ul>`;
}

function notes({ movedFrom, replacement, action }: Change): readonly Html[] {
  return [
    ...(movedFrom ? [html`<p>Was <code>${movedFrom}</code>: only the address changes.</p>`] : []),
    ...(replacement === "yes" ? [html`<p>The resource is destroyed and made again.</p>`] : []),
    ...(replacement === "unknown" && action !== "move"
      ? [html`<p class="muted">Whether it is destroyed and made again, only Terraform's plan can say.</p>`]
      : []),
  ];
}

function changeDetails(change: Change): Html {
  const risks = [...new Set(change.findings.filter(({ risk }) => risk).map(({ category }) => category))];
  return html`<details class="change" id="${anchorOf(change)}" data-search="${change.environment} ${change.stack}">
<summary>${actionBadge(change)} <code>${change.address}</code>${risks.map(
    (category) => html` <span class="badge risk">${category}</span>`,
  )}</summary>
<div>${findingList(change)}${notes(change)}${attributeList(change)}</div>
</details>\n`;
}

function stackChanges(review: StackReview): Html {
  const risky = review.changes.some(({ findings }) => findings.some(({ risk }) => risk));
  return html`<details class="stack"${risky && html` open`}>
<summary><h4>${review.stack}</h4> <span class="muted">${countWords(countsOf(review))}${review.source === "plan" && ", as Terraform's plan says"}</span></summary>
${review.changes.map(changeDetails)}</details>\n`;
}

function environmentChanges(environment: string, stacks: readonly StackReview[]): Html {
  const changed = stacks.filter(({ changes }) => changes.length > 0);
  const same = stacks.filter(({ changes }) => changes.length === 0).map(({ stack }) => stack);
  return html`<div class="environment"><h3 id="${idText(`changes-${environment}`)}">${environment}</h3>
${changed.map(stackChanges)}
${same.length > 0 && html`<p class="muted">Nothing changes in ${same.join(", ")}.</p>`}</div>\n`;
}

/** Every change, by environment and stack. */
export function changeSection({ stacks }: Review): Html {
  const all = [...new Set(stacks.map(({ environment }) => environment))];
  const isChanged = (name: string) =>
    stacks.some((one) => one.environment === name && one.changes.length > 0);
  const environments = all.filter(isChanged);
  const same = all.filter((name) => !isChanged(name));
  return html`<section id="changes" aria-labelledby="changes-title">
<div class="bar"><h2 id="changes-title">Changes</h2><button type="button" id="unfold" aria-pressed="false">Unfold all</button></div>
<p class="muted" id="no-change" hidden>No change matches the search.</p>
${environments.map((environment) =>
  environmentChanges(
    environment,
    stacks.filter((stack) => stack.environment === environment),
  ),
)}
${same.length > 0 && html`<p class="environment muted">Nothing changes in ${same.join(", ")}.</p>`}</section>\n`;
}
