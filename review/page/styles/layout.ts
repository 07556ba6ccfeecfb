import { fadingScroll } from "../../../markup/styles";

/** Text, sections, tables and controls. */
export const layout = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 72px; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif; }
code, pre, kbd { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.88em; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, p, ul, dl, dd, figure, pre { margin: 0; padding: 0; }
h1 { font-size: 28px; line-height: 1.25; overflow-wrap: anywhere; } h2 { font-size: 20px; } h3 { font-size: 16px; margin-top: 24px; } h4 { font-size: 15px; } h5 { font-size: 13px; margin-top: 8px; }
a { color: var(--accent); text-underline-offset: 3px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main { max-width: 1320px; margin: 0 auto; padding: 32px 20px 64px; }
section { background: var(--surface); border: 1px solid var(--grid); border-radius: 12px; padding: 24px; margin-top: 20px; }
.lead, .muted { color: var(--muted); } .lead { margin-top: 6px; overflow-wrap: anywhere; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.toolbar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding: 10px max(20px, calc((100vw - 1280px) / 2)); background: var(--surface); border-bottom: 1px solid var(--grid); }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 14px; margin-right: auto; } nav a { text-decoration: none; padding: 4px 0; } nav a:hover { text-decoration: underline; }
.toolbar label { position: relative; flex: 0 1 360px; } .toolbar kbd { position: absolute; right: 10px; top: 7px; color: var(--muted); border: 1px solid var(--rule); border-radius: 4px; padding: 0 6px; pointer-events: none; }
input[type="search"]:focus + kbd, input[type="search"]:not(:placeholder-shown) + kbd { display: none; }
input[type="search"], select, button { font: inherit; font-size: 14px; color: var(--ink); background: var(--raised); border: 1px solid var(--rule); border-radius: 8px; padding: 6px 12px; }
input[type="search"] { width: 100%; } input::placeholder { color: var(--muted); opacity: 1; } button { cursor: pointer; } button:hover { border-color: var(--accent); }
.bar { display: flex; justify-content: space-between; align-items: center; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 12px; margin: 16px 0; }
.tiles > div { border: 1px solid var(--grid); border-left: 5px solid var(--rule); border-radius: 8px; padding: 12px 16px; background: var(--raised); }
.tiles > .risk { border-left-color: var(--removed); } .tiles > .calm { border-left-color: var(--added); }
.tiles dt, #matters h3 { text-transform: capitalize; } .tiles dt { color: var(--muted); font-size: 13px; }
.tiles strong { display: block; font-size: 22px; line-height: 1.3; } .tiles .risk strong { color: var(--removed); } .tiles .calm strong { color: var(--added); } .tiles dd span { color: var(--muted); font-size: 13px; }
.remarks { list-style: none; margin-top: 8px; } .remarks li { padding: 8px 0 8px 14px; border-left: 3px solid var(--rule); margin-bottom: 8px; overflow-wrap: anywhere; } .remarks.risk li { border-left-color: var(--removed); }
.where { font-size: 13px; color: var(--muted); }
.badge, .action { display: inline-block; font-size: 12px; line-height: 18px; font-weight: 600; padding: 0 8px; border-radius: 99px; white-space: nowrap; border: 1px solid currentColor; }
.badge.risk, .action.removed { color: var(--removed); background: var(--removed-soft); } .badge.calm, .action.added { color: var(--added); background: var(--added-soft); }
.action.changed { color: var(--changed); background: var(--changed-soft); } .action.replaced { color: var(--replaced); background: var(--replaced-soft); }
.action { min-width: 94px; text-align: center; border-radius: 4px; }
summary { cursor: pointer; } summary > h3, summary > h4 { display: inline; margin: 0; } summary:hover { color: var(--accent); }
.environment { border-top: 1px solid var(--grid); margin-top: 20px; } .environment h3 { margin-top: 16px; } p.environment { padding-top: 16px; }
.stack { margin-top: 10px; } .stack > summary { padding: 4px 0; }
.change { margin: 4px 0 4px 20px; } .change > summary { padding: 3px 6px; border-radius: 6px; overflow-wrap: anywhere; } .change[open] > summary { background: var(--raised); }
.change > div { padding: 8px 0 12px 22px; } .change:target { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
.findings { list-style: none; margin-bottom: 8px; } .findings li { padding: 2px 0; overflow-wrap: anywhere; }
.attributes > div { border-top: 1px solid var(--grid); padding: 6px 0; display: grid; grid-template-columns: minmax(160px, 26%) 1fr; gap: 4px 16px; }
.attributes dt, .attributes dd { min-width: 0; overflow-wrap: anywhere; font-size: 14px; }
pre { white-space: pre-wrap; background: var(--raised); border: 1px solid var(--grid); border-radius: 6px; padding: 8px 10px; line-height: 1.45; }
del, ins { text-decoration: none; border-radius: 3px; } del { color: var(--removed); background: var(--removed-soft); } ins { color: var(--added); background: var(--added-soft); }
code del, .words del { text-decoration: line-through; } .words { white-space: pre-wrap; } .lines i { color: var(--muted); }
.filters { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; margin-top: 12px; font-size: 14px; } output { color: var(--muted); margin-left: auto; }
${fadingScroll} #resources .scroll { max-height: 70vh; border: 1px solid var(--grid); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; } th, td { padding: 5px 14px; text-align: left; border-bottom: 1px solid var(--grid); white-space: nowrap; }
thead th { position: sticky; top: 0; background: var(--raised); color: var(--muted); font-size: 13px; } tbody th { white-space: normal; overflow-wrap: anywhere; min-width: 200px; font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; } tbody tr:focus { outline-offset: -3px; background: var(--raised); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 6px 16px; margin-top: 10px; font-size: 14px; color: var(--muted); }
.architecture { border-top: 1px solid var(--grid); margin-top: 20px; padding-top: 12px; } figure { margin-top: 16px; } figcaption p { font-size: 14px; } figure details { font-size: 14px; margin-top: 8px; } figure ul { padding-left: 20px; }
@media (max-width: 700px) { section { padding: 16px; } .attributes > div { grid-template-columns: 1fr; } .change { margin-left: 0; } .toolbar { position: static; } }
`;
