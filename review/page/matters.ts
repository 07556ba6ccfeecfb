import { type Html, html } from "../../markup/html";
import { anchorOf } from "../anchor";
import { type Category, categories, type Review } from "../change";
import { type Remark, remarksOf } from "../summary";
import { plural } from "../words";

type Judged = Exclude<Category, "other">;

/** What a category is about, for those who see it the first time. */
const subjects: Readonly<Record<Judged, string>> = {
  access: "who may do and reach what",
  exposure: "what is public, unencrypted or unlogged",
  data: "what is replaced, destroyed or kept for less time",
  cost: "what costs more",
  unknown: "what nothing is decided about",
};

const judged = categories.filter((category): category is Judged => category !== "other");

function remarkItem({ sentence, environments, stack, address }: Remark): Html {
  const links = environments.map(
    (environment) => html`<a href="#${anchorOf({ environment, stack, address })}">${environment}</a>`,
  );
  const places = links.map((link, index) => html`${index > 0 && ", "}${link}`);
  return html`<li><strong><code>${address}</code></strong> <span class="where">in ${stack} of ${places}</span><p>${sentence}</p></li>`;
}

function nameOf(category: Judged): string {
  return category === "unknown" ? "not assessed" : category;
}

function tile(category: Judged, remarks: readonly Remark[]): Html {
  const risks = remarks.filter((remark) => remark.risk && remark.category === category);
  const name = category === "unknown" ? "change" : "risk";
  const value = risks.length === 0 ? "No risk" : plural(risks.length, name);
  return html`<div class="${risks.length === 0 ? "calm" : "risk"}"><dt>${nameOf(category)}</dt><dd><strong>${value}</strong> <span>${subjects[category]}</span></dd></div>`;
}

function riskList(category: Judged, remarks: readonly Remark[]): Html | null {
  const risks = remarks.filter((remark) => remark.risk && remark.category === category);
  if (risks.length === 0) return null;
  return html`<h3>${nameOf(category)}</h3><ul class="remarks risk">${risks.map(remarkItem)}</ul>`;
}

function harmless(remarks: readonly Remark[]): Html | null {
  const calm = remarks.filter(({ risk }) => !risk);
  if (calm.length === 0) return null;
  return html`<details><summary>${plural(calm.length, "remark")} on what is no risk: narrowed, protected or cheaper</summary>
<ul class="remarks">${calm.map(remarkItem)}</ul></details>`;
}

/** What a reviewer must have seen: the risks by category, before everything else. */
export function matterSection(review: Review): Html {
  const remarks = remarksOf(review);
  const hasRisk = remarks.some(({ risk }) => risk);
  const hasUnknown = remarks.some(({ category }) => category === "unknown");
  return html`<section id="matters" aria-labelledby="matters-title">
<h2 id="matters-title">What matters</h2>
<dl class="tiles">${judged.filter((category) => category !== "unknown" || hasUnknown).map((category) => tile(category, remarks))}</dl>
${!hasRisk && html`<p>No change widens access or exposure, endangers data or raises the cost, as far as the rules of the review know.</p>`}
${judged.map((category) => riskList(category, remarks))}
${harmless(remarks)}</section>\n`;
}
