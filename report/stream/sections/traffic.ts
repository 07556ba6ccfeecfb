import type { TrafficAccount } from "../../../contracts/stream-ledger";
import { html } from "../../../markup/html";
import { figureGrid } from "../../figure";
import { count, duration, instant, plural, rate } from "../../format";
import { linePlot } from "../../plots/line";
import { type Part, section } from "../../section";
import { table } from "../../table";

const OUTCOMES = ["sent", "acknowledged", "refused", "unknown"] as const;

/** What the generator sent, through which route, and how long its requests took. */
export async function traffic(account: TrafficAccount): Promise<Part> {
  const { started_at, finished_at, sent, seed, latency } = account;
  const seconds = (Date.parse(finished_at) - Date.parse(started_at)) / 1000;
  const { p50, p95, p99 } = latency;
  const took =
    p50 === null || p95 === null || p99 === null
      ? ""
      : ` Half of the requests took at most ${duration(p50)}, 95 % ${duration(p95)}, 99 % ${duration(p99)}, from a batch's first record to its answer.`;
  return section({
    id: "traffic",
    title: "Traffic",
    lead: `${plural(sent, "record")} by seed ${seed} in ${duration(seconds)}, ${rate(sent, seconds)}${account.interrupted ? ", until it was interrupted" : ""}.${took}`,
    body: html`${outcomesBy(account, "Route", ({ route }) => route)}<h3>What was planted</h3>${outcomesBy(
      { ...account, records: account.records.filter(({ kind }) => kind !== "sound") },
      "Kind",
      ({ dataset, kind, reason, expected }) => `${dataset}: ${kind} → ${reason ?? expected}`,
    )}${await requests(account)}`,
  });
}

type Row = TrafficAccount["records"][number];

function outcomesBy({ records }: TrafficAccount, title: string, group: (row: Row) => string) {
  const groups = [...new Set(records.map(group))];
  return table({
    caption: `Records sent by ${title.toLowerCase()}`,
    columns: [
      { title },
      ...OUTCOMES.map((outcome) => ({ title: outcome[0]?.toUpperCase() + outcome.slice(1), numeric: true })),
    ],
    rows: groups.map((name) => {
      const own = records.filter((row) => group(row) === name);
      return [name, ...OUTCOMES.map((outcome) => count(own.reduce((sum, row) => sum + row[outcome], 0)))];
    }),
  });
}

async function requests({ seconds }: TrafficAccount) {
  const points = seconds.flatMap(({ time, p95 }) =>
    p95 === null ? [] : [{ time: Date.parse(time), value: p95, hint: `${instant(time)}: ${duration(p95)}` }],
  );
  if (points.length < 2) return null;
  const figure = {
    title: "Requests to the endpoint, 95 %",
    description: "Seconds that 95 % of the requests of a second do not exceed, over time.",
    size: "whole",
    plot: (width: number) => linePlot(points, width),
  } as const;
  return figureGrid([figure]);
}
