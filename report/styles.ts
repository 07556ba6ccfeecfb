import { fadingScroll } from "../markup/styles";

const light = `
  --page: #f4f5f7; --surface: #fff; --ink: #1b1f24; --muted: #59636e; --rule: #c9ced6; --grid: #eceef1;
  --accent: #2f6fb5; --pass: #17722f; --pass-soft: #dff3e4; --fail: #b3261e; --fail-soft: #fbe4e2; --warn: #8a5a00; --edge: #0002;
  --inserted: #2f6fb5; --updated: #1a9483; --superseded: #838d99; --quarantined: #c9541c;`;

const dark = `
  --page: #0f1216; --surface: #181c22; --ink: #e7eaee; --muted: #9da7b3; --rule: #3d4650; --grid: #272d35;
  --accent: #6ba5e7; --pass: #56d07b; --pass-soft: #12331d; --fail: #ff8a80; --fail-soft: #431a18; --warn: #e3b341; --edge: #000a;
  --inserted: #6ba5e7; --updated: #43c2ae; --superseded: #737d89; --quarantined: #f08b56;`;

/** The look of the page: two themes by the reader's preference, one column on a phone. */
export const styles = `
:root { color-scheme: light dark;${light} }
@media (prefers-color-scheme: dark) { :root {${dark} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif;
}
main { max-width: 1152px; margin: 0 auto; padding: 40px 16px 64px; }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 30px; line-height: 1.25; display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: center; }
h2 { font-size: 20px; line-height: 1.3; }
h3 { font-size: 16px; margin: 32px 0 12px; }
h3 small { font-weight: 400; font-size: 14px; color: var(--muted); margin-left: 6px; }
.lead { color: var(--muted); margin-top: 4px; max-width: 90ch; text-wrap: pretty; }
.over { color: var(--muted); font-size: 14px; margin-bottom: 4px; overflow-wrap: anywhere; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .warn { color: var(--warn); }
.pass, .fail, .warn { white-space: nowrap; font-weight: 600; }
.badge { font-size: 16px; line-height: 1; padding: 8px 12px; border-radius: 99px; }
.badge.pass { background: var(--pass-soft); } .badge.fail { background: var(--fail-soft); }
.why { margin-top: 20px; padding: 14px 18px; border-left: 4px solid var(--fail); border-radius: 4px; background: var(--fail-soft); }
.why h2 { font-size: 15px; } .why ul { padding-left: 18px; } .why li { overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 12px; margin-top: 24px; }
.tiles > div { background: var(--surface); border: 1px solid var(--grid); border-radius: 10px; padding: 14px 18px; }
.tiles dt { color: var(--muted); font-size: 13px; }
.tiles strong { display: block; font-size: 24px; line-height: 1.3; font-weight: 650; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--muted); font-size: 13px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 28px 0 0; font-size: 14px; }
a { color: var(--accent); text-underline-offset: 3px; }
nav a { text-decoration: none; padding: 4px 0; } nav a:hover { text-decoration: underline; }
section { background: var(--surface); border: 1px solid var(--grid); border-radius: 12px; padding: 24px; margin-top: 20px; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 16px 0 0; font-size: 13px; color: var(--muted); }
.legend b { color: var(--ink); font-weight: 600; }
.legend i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 7px; }
.legend .inserted { background: var(--inserted); } .legend .updated { background: var(--updated); }
.legend .superseded { background: var(--superseded); } .legend .quarantined { background: var(--quarantined); }
figure { margin-top: 20px; min-width: 0; }
figcaption { margin-bottom: 8px; }
figcaption strong { font-size: 14px; font-weight: 600; overflow-wrap: anywhere; }
figcaption p { font-size: 13px; color: var(--muted); }
.plot { display: block; width: 100%; height: auto; overflow: visible; font-family: inherit; }
.on-phone { display: none; }
.grid { display: grid; gap: 28px 30px; margin-top: 20px; }
.grid.third { grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr)); }
.grid.half { grid-template-columns: repeat(auto-fill, minmax(min(420px, 100%), 1fr)); }
.grid figure { margin: 0; }
.grid.third .plot { max-width: 420px; }
details { margin-top: 8px; font-size: 13px; }
summary { color: var(--muted); cursor: pointer; width: fit-content; border-radius: 4px; }
summary:hover { color: var(--ink); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
${fadingScroll}
details .scroll { max-height: 320px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
details table { font-size: 13px; width: auto; min-width: min(100%, 300px); } details th, details td { padding-right: 12px; }
tbody .code { font-size: 12.5px; }
th, td { padding: 6px 14px 6px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--grid); white-space: nowrap; }
th:last-child, td:last-child { padding-right: 2px; }
th { font-weight: 500; }
thead th { color: var(--muted); font-size: 13px; border-bottom-color: var(--rule); }
tfoot th, tfoot td { border-bottom: 0; font-weight: 600; }
.number { text-align: right; } .number + .code { padding-left: 14px; }
td small { display: block; color: var(--muted); font-size: 12px; font-weight: 400; }
tbody .code, .facts dd { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 13px; font-weight: 400; }
.checks table { table-layout: fixed; min-width: 860px; } .checks th:first-child { width: 30%; overflow-wrap: anywhere; white-space: normal; }
.trend { display: block; } .trend .passed { fill: var(--superseded); } .trend .error { fill: var(--fail); } .trend .warning { fill: var(--warn); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 6px 24px; margin-top: 16px; }
.facts dt { color: var(--muted); } .facts dd { overflow-wrap: anywhere; }
@media (max-width: 860px) {
  main { padding-top: 24px; }
  section { padding: 18px 16px; }
  .on-desktop { display: none; } .on-phone { display: block; max-width: 420px; }
}
@media (max-width: 480px) {
  .tiles { grid-template-columns: 1fr 1fr; } .tiles > div { padding: 12px 14px; } .tiles strong { font-size: 20px; }
  .tiles > div:last-child { grid-column: 1 / -1; }
  .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: 8px; }
}
@media print { body { background: none; } nav { display: none; } section { border: 0; padding: 0; break-inside: auto; } figure { break-inside: avoid; } }
`;
