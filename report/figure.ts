import { type Content, type Html, html } from "../markup/html";
import { draw, type PlotSpec } from "./plots/draw";
import { type Table, table } from "./table";

export type FigureSize = "whole" | "half" | "third";

export interface Figure {
  readonly title: string;
  /** What the plot shows in one sentence, for those who cannot see it. */
  readonly description: string;
  /** The plot for a width in pixels. */
  readonly plot: (width: number) => PlotSpec;
  /** The numbers that are drawn, to unfold. @default none: they stand beside the figure */
  readonly numbers?: Table;
  /** How much of the page's width it takes on a desktop. @default "third" */
  readonly size?: FigureSize;
  /** Stands between the title and the plot. @default nothing */
  readonly note?: Content;
}

/** Inner widths in pixels: a plot is drawn for each place, so that its text keeps its size. */
const widths: Readonly<Record<FigureSize, number>> = { whole: 1070, half: 520, third: 336 };

async function drawings({ title, description, plot, size = "third" }: Figure): Promise<Html> {
  const label = { title, description };
  if (size === "third") return draw(plot(widths.third), label);
  const [desktop, phone] = await Promise.all([
    draw(plot(widths[size]), label),
    draw(plot(widths.third), label),
  ]);
  return html`<div class="on-desktop">${desktop}</div><div class="on-phone">${phone}</div>`;
}

/** A plot with its title, and its numbers to unfold. */
export async function figure(content: Figure): Promise<Html> {
  return html`<figure>
<figcaption><strong>${content.title}</strong>${content.note && html`<p>${content.note}</p>`}</figcaption>
${await drawings(content)}
${content.numbers && html`<details><summary>Numbers</summary>${table(content.numbers)}</details>`}
</figure>`;
}

/** Several figures of one size side by side. */
export async function figureGrid(figures: readonly Figure[]): Promise<Html> {
  const size = figures[0]?.size ?? "third";
  return html`<div class="grid ${size}">${await Promise.all(figures.map(figure))}</div>`;
}
