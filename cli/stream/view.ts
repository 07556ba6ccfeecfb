import pc from "picocolors";
import { clock } from "../spark/progress";
import { table } from "../table";
import { DISPOSITIONS, type Status } from "./status";

const TERMINAL_MS = 500;
/** Without a terminal there is a line this often. */
const LINE_MS = 5_000;

/** Shows how a stream is doing: a few live lines on a terminal, one line every few seconds elsewhere. */
export class View {
  private readonly started = performance.now();
  private readonly timer: NodeJS.Timeout;
  private drawn = 0;
  /** Programs that are at work, or what is being prepared. */
  phase = "";

  constructor(
    private readonly status: Status,
    private readonly stream: NodeJS.WriteStream = process.stdout,
  ) {
    this.timer = setInterval(() => this.draw(), stream.isTTY ? TERMINAL_MS : LINE_MS);
  }

  /** Says what happens now. */
  say(phase: string): void {
    this.phase = phase;
    if (this.stream.isTTY) this.draw();
    else this.stream.write(`${this.elapsed} ${phase}\n`);
  }

  /** Draws for the last time; what was drawn stays. */
  end(): void {
    clearInterval(this.timer);
    if (this.stream.isTTY) this.draw();
  }

  private get elapsed(): string {
    return clock(performance.now() - this.started);
  }

  private draw(): void {
    if (!this.stream.isTTY) {
      this.stream.write(`${this.elapsed} ${this.status.isEmpty ? this.phase : lineOf(this.status)}\n`);
      return;
    }
    const lines = screenOf(this.status, `${this.elapsed} ${this.phase}`);
    const up = this.drawn > 0 ? `\x1b[${this.drawn}A` : "";
    const drawn = lines.map((line) => `\x1b[2K${line}\n`).join("");
    // Without wrapping, a line that is too long for the terminal stays one line.
    this.stream.write(`\x1b[?7l${up}${drawn}\x1b[J\x1b[?7h`);
    this.drawn = lines.length;
  }
}

/** The whole state in one line. */
export function lineOf(status: Status): string {
  const { sent, total, latency } = status;
  const ends = DISPOSITIONS.map((name) => `${name} ${count(total[name])}`).join(", ");
  return (
    `sent ${count(sent.sent)}, acknowledged ${count(sent.acknowledged)}, refused ${count(sent.refused)}, ` +
    `unknown ${count(sent.unknown)}; processed ${count(total.read)} (${count(status.processedRate)}/s), ` +
    `lag ${count(total.lag)}: ${ends}; latency p95 ${seconds(latency.p95)}`
  );
}

/** The whole state as lines of a terminal. */
export function screenOf(status: Status, head: string): string[] {
  const { sent, latency } = status;
  const datasets = [...status.datasets].map(([name, counts]) => [
    name,
    counts.read,
    ...DISPOSITIONS.map((disposition) => counts[disposition]),
    counts.lag,
  ]);
  const columns = ["dataset", "read", ...DISPOSITIONS, "lag"];
  return [
    pc.bold(head),
    `traffic     sent ${count(sent.sent)}   acknowledged ${count(sent.acknowledged)}   refused ${count(sent.refused)}` +
      `   unknown ${count(sent.unknown)}   request p50 ${seconds(sent.p50)}, p95 ${seconds(sent.p95)}`,
    `stream      ${count(status.microBatches)} micro-batches   ${count(status.processedRate)} records/s` +
      `   latency p50 ${seconds(latency.p50)}, p95 ${seconds(latency.p95)}`,
    ...(datasets.length > 0 ? table(columns, datasets).split("\n") : []),
  ];
}

function count(value: number): string {
  return value.toLocaleString("en");
}

/** Seconds for people; a dash where nothing was measured. */
export function seconds(value: number | null): string {
  if (value === null) return "–";
  return value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(1)} s`;
}
