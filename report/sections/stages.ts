import type { RunResults, Stage } from "../../contracts/run-results";
import { type Html, html } from "../../markup/html";
import { figure } from "../figure";
import { count, duration, plural, rate } from "../format";
import { barPlot } from "../plots/bars";
import { type Part, section } from "../section";
import { table } from "../table";

function plotOf(stages: readonly Stage[]): Promise<Html> {
  const bars = stages.map(({ name, seconds }) => ({
    label: name,
    value: seconds,
    hint: `${name}: ${duration(seconds)}`,
    text: duration(seconds),
  }));
  return figure({
    title: "Time by stage",
    description: "One bar for each stage, as long as the stage took.",
    size: "whole",
    plot: (width) => barPlot(bars, width),
  });
}

function numbers(stages: readonly Stage[]): Html {
  return table({
    caption: "Time by stage",
    columns: [
      { title: "Stage" },
      ...["Time", "Rows in", "Rows out", "Speed"].map((title) => ({ title, numeric: true })),
    ],
    rows: stages.map(({ name, seconds, rows_in, rows_out }) => [
      name,
      duration(seconds),
      count(rows_in),
      count(rows_out),
      rate(rows_in, seconds),
    ]),
  });
}

/** Where the time went. */
export async function stageTimes({ stages }: RunResults): Promise<Part> {
  return section({
    id: "stages",
    title: "Stages",
    lead:
      stages.length === 0
        ? "No stage ran."
        : `${plural(stages.length, "stage")}. Some run side by side, so that their times do not add up.`,
    body: stages.length > 0 && html`${await plotOf(stages)}${numbers(stages)}`,
  });
}
