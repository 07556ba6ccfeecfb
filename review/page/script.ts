/**
 * What the page does by itself: search, filters, keys and the theme. It only hides, shows and focuses what is there, so
 * no value of the review is ever read as markup. Without it the page shows everything.
 */
export const script = `"use strict";
const $ = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const search = $("search"), environment = $("environment"), changedOnly = $("changed-only"), found = $("found");
const rows = all("#resources tbody tr").map((row) => ({ row, text: row.textContent.toLowerCase(), environment: row.cells[3].textContent }));
const changes = all("details.change").map((change) => ({ change, text: (change.dataset.search + " " + change.textContent).toLowerCase() }));

function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const matches = (text) => words.every((word) => text.includes(word));
  let count = 0;
  for (const { row, text, environment: where } of rows) {
    row.hidden = !(matches(text) && (!environment.value || environment.value === where) && (!changedOnly.checked || row.classList.contains("changed")));
    if (!row.hidden) count += 1;
  }
  found.textContent = count === rows.length ? count + " resources" : count + " of " + rows.length + " resources";
  for (const { change, text } of changes) change.hidden = !matches(text);
  for (const stack of all("details.stack")) stack.hidden = !stack.querySelector("details.change:not([hidden])");
  if (words.length) for (const stack of all("details.stack:not([hidden])")) stack.open = true;
  $("no-change").hidden = !words.length || changes.some(({ change }) => !change.hidden);
}

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.hidden) { search.value = ""; filter(); }
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  target.scrollIntoView();
  if (target.classList.contains("change")) target.querySelector("summary").focus({ preventScroll: true });
}

function step(from, by) {
  const shown = rows.filter(({ row }) => !row.hidden).map(({ row }) => row);
  const next = from ? shown.indexOf(from) + by : 0;
  if (next < 0) search.focus();
  else shown[next]?.focus();
}

function onKey(event) {
  const target = event.target, typing = target.matches("input[type=search], select");
  const row = target.closest("tbody tr");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) search.focus(), search.select();
  else if (event.key === "Escape" && (target === search || row)) { if (target === search && search.value) search.value = "", filter(); else if (row) search.focus(); else search.blur(); }
  else if (event.key === "ArrowDown" && target === search) step(null, 0);
  else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && row) step(row, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && target === row) row?.querySelector("a")?.click();
  else return;
  event.preventDefault();
}

const themes = ["system", "light", "dark"];
function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  $("theme").textContent = "Theme: " + theme;
  try { localStorage.setItem("theme", theme); } catch { /* A page from a file may have no storage: the choice lasts as long as the page. */ }
}
let stored = null;
try { stored = localStorage.getItem("theme"); } catch { /* As above. */ }
setTheme(themes.includes(stored) ? stored : "system");

$("theme").addEventListener("click", () => setTheme(themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % themes.length]));
$("unfold").addEventListener("click", (event) => {
  const open = event.target.getAttribute("aria-pressed") !== "true";
  for (const part of all("#changes details")) part.open = open;
  event.target.setAttribute("aria-pressed", String(open));
});
for (const control of [search, environment, changedOnly]) control.addEventListener("input", filter);
document.addEventListener("keydown", onKey);
addEventListener("hashchange", reveal);
let folded = [];
addEventListener("beforeprint", () => { folded = all("details:not([open])"); for (const part of folded) part.open = true; });
addEventListener("afterprint", () => { for (const part of folded) part.open = false; });
for (const part of all(".needs-script")) part.hidden = false;
filter();
reveal();
`;
