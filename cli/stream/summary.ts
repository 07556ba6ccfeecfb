import { existsSync, readFileSync } from "node:fs";
import pc from "picocolors";
import { plural } from "../../base/text";
import { shown } from "../places";
import { type Cell, table } from "../table";
import type { Folders } from "./folders";
import type { Programs } from "./programs";
import { DISPOSITIONS, type Status } from "./status";
import { seconds } from "./view";

/** What one kind of record became, as the generator's account has it. */
interface KindRow {
  readonly dataset: string;
  readonly kind: string;
  readonly route: string;
  readonly expected: string;
  readonly reason: string | null;
  readonly sent: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
}

/** What there is to describe: where things are, and how a next start is asked for. */
interface Described {
  readonly folders: Folders;
  readonly report: string;
}

/**
 * Everything a stream that has ended has to say: what became of every record, where it is, and what is next.
 *
 * @param began when it started, UTC in ISO 8601: what an earlier start has sent is left out
 */
export function describeStream(
  { folders, report }: Described,
  status: Status,
  { endpointUrl }: Pick<Programs, "endpointUrl">,
  began: string,
): string {
  const rows = sentSince(folders.account, began);
  return [
    sumOf(status),
    dispositions(status),
    routes(rows),
    planted(rows),
    table(
      ["what", "where"],
      [
        ...(existsSync(report) ? [["report", shown(report)]] : []),
        ["lake", shown(folders.lake)],
        ...(rows.length > 0 ? [["what was sent", shown(folders.account)]] : []),
        ["broker's data", shown(folders.kafka)],
        ["logs", shown(folders.logs)],
      ],
    ),
    next(endpointUrl),
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** Returns the generator's account; nothing where it was not written since a moment. */
function sentSince(account: string, began: string): readonly KindRow[] {
  if (!existsSync(account)) return [];
  const { started_at, records } = JSON.parse(readFileSync(account, "utf8"));
  return Date.parse(started_at) < Date.parse(began) ? [] : records;
}

function sumOf({ sent, total, latency, microBatches }: Status): string {
  const accounted = DISPOSITIONS.reduce((sum, name) => sum + total[name], 0);
  // The lag that the last micro-batch reported, or what was acknowledged after it.
  const waiting = Math.max(total.lag, sent.acknowledged - total.read);
  const done = waiting > 0 ? pc.yellow("!") : pc.green("✓");
  const mark = accounted === total.read ? done : pc.red("✗");
  const left =
    waiting > 0
      ? `\n  not processed yet: at least ${plural(waiting, "acknowledged record")}, which the next start processes`
      : "";
  return (
    `${mark} ${total.read.toLocaleString("en")} records processed in ${microBatches} micro-batches, ` +
    `${sent.acknowledged.toLocaleString("en")} acknowledged to this generator; ` +
    `last latency p50 ${seconds(latency.p50)}, p95 ${seconds(latency.p95)}${left}`
  );
}

function dispositions({ datasets }: Status): string {
  const rows = [...datasets].map(([name, counts]): Cell[] => {
    return [name, counts.read, ...DISPOSITIONS.map((disposition) => counts[disposition])];
  });
  return rows.length === 0 ? "" : table(["dataset", "read", ...DISPOSITIONS], rows);
}

function routes(rows: readonly KindRow[]): string {
  const names = [...new Set(rows.map(({ route }) => route))];
  const sums = names.map((route): Cell[] => {
    const own = rows.filter((row) => row.route === route);
    const sum = (key: "sent" | "acknowledged" | "refused" | "unknown") =>
      own.reduce((total, row) => total + row[key], 0);
    return [route, sum("sent"), sum("acknowledged"), sum("refused"), sum("unknown")];
  });
  return sums.length === 0 ? "" : table(["sent through", "sent", "acknowledged", "refused", "unknown"], sums);
}

function planted(rows: readonly KindRow[]): string {
  const own = rows.filter(({ kind }) => kind !== "sound");
  const groups = [...new Set(own.map(({ dataset, kind }) => `${dataset} ${kind}`))];
  const sums = groups.map((group): Cell[] => {
    const [first, ...others] = own.filter(({ dataset, kind }) => `${dataset} ${kind}` === group);
    const all = first === undefined ? [] : [first, ...others];
    const sum = (key: "sent" | "refused") => all.reduce((total, row) => total + row[key], 0);
    return [
      first?.dataset ?? "",
      first?.kind ?? "",
      sum("sent"),
      sum("refused"),
      first?.reason ?? first?.expected ?? "",
    ];
  });
  return sums.length === 0
    ? ""
    : table(["dataset", "planted", "sent", "refused by the endpoint", "expected"], sums);
}

function next(endpointUrl: string): string {
  const today = new Date().toISOString().slice(0, 10);
  return [
    "next:",
    "  ./platform stream                       goes on where this one ended",
    "  ./platform stream --keep-running        takes requests of your own, until Ctrl-C:",
    `    curl -X POST ${endpointUrl}/ingest/web_events -d '{…}'`,
    `  ./platform stream --close ${today}    closes a day: it becomes the input of that day's batch`,
    "  ./platform stream --verify              runs the batch of a closed day, and compares",
  ].join("\n");
}
