/** How the drawings look; a mark shows by its line, its fill and its word. */
export const drawing = `
.drawing { display: block; max-width: 100%; height: auto; min-width: 760px; margin: 0 auto; font-family: inherit; }
.drawing text { fill: var(--ink); font-size: 12px; }
.drawing .title { font-size: 13px; font-weight: 600; }
.drawing .line, .drawing .label { fill: var(--muted); }
.drawing .label, .drawing .compartment text { paint-order: stroke; stroke: var(--under); stroke-width: 5px; stroke-linejoin: round; }
.drawing .label { --under: var(--surface); }
.box rect { fill: var(--box); stroke: var(--line); stroke-width: 1; }
.box a { outline: none; } .box a .title { text-decoration: underline; text-underline-offset: 3px; }
.box a:focus-visible rect { stroke: var(--accent); stroke-width: 4; } .box a:focus-visible .title { fill: var(--accent); text-decoration-thickness: 3px; }
.gateway rect { stroke: var(--gateway); } .compute rect { stroke: var(--compute); } .store rect { stroke: var(--store); }
.message rect { stroke: var(--message); } .outside rect { stroke: var(--outside); stroke-dasharray: 2 3; }
.vpc { --under: var(--vpc); } .zone { --under: var(--zone); } .group { --under: var(--group); }
.public { --under: var(--public); } .private { --under: var(--private); } .isolated { --under: var(--isolated); }
.compartment rect, .public rect, .private rect, .isolated rect { fill: var(--under); stroke: var(--line); }
.arrow { fill: none; stroke: var(--arrow); stroke-width: 1.4; } .head { fill: var(--arrow); }
.box .sign { font-weight: 700; }
.box.added rect { stroke: var(--added); stroke-width: 3; } .box:not(.compartment).added rect { fill: var(--added-soft); } .box.added .sign { fill: var(--added); }
.box.changed rect { stroke: var(--changed); stroke-width: 3; } .box:not(.compartment).changed rect { fill: var(--changed-soft); } .box.changed .sign { fill: var(--changed); }
.box.replaced rect { stroke: var(--replaced); stroke-width: 3; stroke-dasharray: 12 4; } .box:not(.compartment).replaced rect { fill: var(--replaced-soft); } .box.replaced .sign { fill: var(--replaced); }
.box.removed rect { stroke: var(--removed); stroke-width: 3; stroke-dasharray: 4 4; } .box:not(.compartment).removed rect { fill: var(--removed-soft); } .box.removed .sign { fill: var(--removed); }
.box:not(.compartment).removed .title { text-decoration: line-through; }
`;
