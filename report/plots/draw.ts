import type { Config, TopLevelSpec } from "vega-lite";
import { escapeHtml, type Html, trusted } from "../../markup/html";

/** A Vega-Lite specification for one width. */
export type PlotSpec = TopLevelSpec;

export interface PlotLabel {
  /** Read out first, and shown where the pointer rests on the plot. */
  readonly title: string;
  /** What the plot shows, for those who cannot see it. */
  readonly description: string;
}

/**
 * Colours are the page's CSS variables, so that one drawing serves light and dark. Nothing is laid out by the
 * width of text, which Vega can only guess without a canvas: every plot sets its own padding.
 */
const config: Config = {
  autosize: "none",
  background: "transparent",
  font: "inherit",
  aria: true,
  view: { stroke: null },
  axis: {
    aria: false,
    domainColor: "var(--rule)",
    gridColor: "var(--grid)",
    labelColor: "var(--muted)",
    labelFontSize: 11,
    labelPadding: 6,
    tickColor: "var(--rule)",
    tickSize: 4,
    title: null,
  },
  // Rows are multiples of 13 px high, so that bars begin and end on a pixel.
  scale: { bandPaddingInner: 4 / 13, bandPaddingOuter: 2 / 13 },
  text: { aria: false, fill: "var(--ink)", fontSize: 12, baseline: "middle" },
};

/** Decimals beyond a hundredth of a pixel are a third of the file. */
function roundNumbers(markup: string): string {
  return markup.replace(/ (?:d|transform|x2|y2)="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{3,}/g, (digits) => String(Number(Number(digits).toFixed(2)))),
  );
}

/** Vega describes a mark in an attribute; as a `<title>` the browser also shows it where the pointer rests. */
function showDescriptions(markup: string): string {
  return markup.replace(
    /<(path|line)( [^>]*?)aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="[^"]*"([^>]*)\/>/g,
    (_, element, before, label, after) =>
      `<${element}${(before + after).replace(/ +/g, " ").trimEnd()}><title>${label}</title></${element}>`,
  );
}

/** Groups come with an empty background and foreground, for interaction that a drawing does not have. */
function dropEmptyPaths(markup: string): string {
  return markup.replace(/<path class="(?:background|foreground)"[^>]*\/>/g, "");
}

function frame(
  svg: string,
  { title, description }: PlotLabel,
  size: { width: number; height: number },
): Html {
  const inner = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"));
  const drawing = roundNumbers(dropEmptyPaths(showDescriptions(inner)));
  const text = `<title>${escapeHtml(title)}</title><desc>${escapeHtml(description)}</desc>`;
  const box = `viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}"`;
  return trusted(`<svg class="plot" role="img" ${box}>${text}${drawing}</svg>`);
}

/**
 * Draws a plot as inline SVG, without a canvas or a browser.
 *
 * Vega is loaded by the first plot: what does not draw does not pay for it.
 */
export async function draw(spec: PlotSpec, label: PlotLabel): Promise<Html> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const view = new vega.View(vega.parse(vegaLite.compile(spec, { config }).spec), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return frame(svg, label, { width: Number(width), height: Number(height) });
}
