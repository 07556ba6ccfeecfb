import { html } from "../../../markup/html";
import { type Figure, figureGrid } from "../../figure";
import { count, decimal, duration, instant } from "../../format";
import { linePlot } from "../../plots/line";
import { type Part, section } from "../../section";
import { table } from "../../table";
import { datasetsOf, type StreamHistory } from "../history";
import {
  arrivalsOf,
  commitsOf,
  entriesPerStep,
  lagPerStep,
  latency,
  perStep,
  type Steps,
  stepsOf,
} from "../series";

/** A value in each step; undefined where there is none, which is not drawn. */
type Series = readonly (number | undefined)[];

function lineOf(steps: Steps, series: Series, written: (value: number) => string) {
  return series.flatMap((value, step) => {
    const time = steps.from + step * steps.width * 1000;
    return value === undefined
      ? []
      : [{ time, value, hint: `${instant(new Date(time).toISOString())}: ${written(value)}` }];
  });
}

function figureOf(title: string, description: string, points: ReturnType<typeof lineOf>): Figure {
  return { title, description, size: "half", plot: (width) => linePlot(points, width) };
}

/** How records moved: arrivals, commits, what waits between them, and how long it does. */
export async function flow(history: StreamHistory): Promise<Part> {
  const { entries } = history;
  const steps = stepsOf(entries);
  const perSecond = (values: readonly number[]) => values.map((value) => value / steps.width);
  const rate = (value: number) => `${decimal(value)} records/s`;
  const latencies = entriesPerStep(steps, entries).map((some) => latency(some, 0.95));
  const figures = [
    figureOf(
      "Arrived at the brokers",
      "Records per second that arrived at the brokers, over time.",
      lineOf(steps, perSecond(perStep(steps, arrivalsOf(entries))), rate),
    ),
    figureOf(
      "Committed to the live tables",
      "Records per second that commits contain, over time.",
      lineOf(steps, perSecond(perStep(steps, commitsOf(entries))), rate),
    ),
    figureOf(
      "Lag",
      "Records that had arrived and were in no commit, over time.",
      lineOf(steps, lagPerStep(steps, entries), (value) => `${count(value)} records`),
    ),
    figureOf(
      "Latency, 95 %",
      "Seconds from arrival to commit that 95 % of the records of a commit do not exceed, over time.",
      lineOf(steps, latencies, duration),
    ),
  ];
  return section({
    id: "flow",
    title: "Throughput, lag and latency",
    lead: `Each point stands for ${duration(steps.width)}. Latency is the time from a record's arrival at the broker, by the second, to the commit that contains it.`,
    body: html`${await figureGrid(figures)}<h3>Latency by dataset</h3>${latencies.length > 0 && latencyTable(history)}`,
  });
}

function latencyTable(history: StreamHistory) {
  const shares = [0.5, 0.95, 0.99, 1];
  return table({
    caption: "Latency by dataset",
    columns: [
      { title: "Dataset" },
      ...["50 %", "95 %", "99 %", "All"].map((title) => ({ title, numeric: true })),
    ],
    rows: datasetsOf(history).map((name) => {
      const own = history.entries.filter(({ dataset }) => dataset === name);
      return [name, ...shares.map((share) => duration(latency(own, share) ?? 0))];
    }),
  });
}
