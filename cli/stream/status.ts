/** What became of the records of a dataset, as the job counts them. */
export const DISPOSITIONS = ["inserted", "updated", "superseded", "quarantined"] as const;

export type Disposition = (typeof DISPOSITIONS)[number];

/** Records of one dataset that were processed since this start. */
export type Processed = Readonly<Record<Disposition | "read" | "lag", number>>;

/** What the generator has counted so far. */
export interface Sent {
  readonly sent: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  /** Seconds of requests to the endpoint, of the last second; null when there were none. */
  readonly p50: number | null;
  readonly p95: number | null;
}

const NOTHING_SENT: Sent = { sent: 0, acknowledged: 0, refused: 0, unknown: 0, p50: null, p95: null };
const NOTHING: Processed = { read: 0, inserted: 0, updated: 0, superseded: 0, quarantined: 0, lag: 0 };

/** What is known of a running stream: read from the JSON lines that its programs write. */
export class Status {
  sent = NOTHING_SENT;
  readonly datasets = new Map<string, Processed>();
  /** Seconds from a record's arrival at the broker to the commit that contains it, of the last micro-batch. */
  latency: Pick<Sent, "p50" | "p95"> = { p50: null, p95: null };
  microBatches = 0;
  closedDays: readonly { readonly dataset: string; readonly day: string }[] = [];
  /** Whether the job reads what arrives: Spark is up, and an earlier start's open micro-batch is done. */
  isReading = false;
  /** How often the job has said that nothing is left to read. */
  caughtUp = 0;
  /** Records per second of the last micro-batch. */
  processedRate = 0;

  /** Takes a line of the generator's log. */
  readTraffic(line: string): void {
    const said = parsed(line);
    if (said?.message !== "traffic" && said?.message !== "finished") return;
    const counts = { sent: number(said.sent), acknowledged: number(said.acknowledged) };
    const others = { refused: number(said.refused), unknown: number(said.unknown) };
    const { p50, p95 } = said.message === "traffic" ? said : this.sent;
    this.sent = { ...counts, ...others, p50: orNull(p50), p95: orNull(p95) };
  }

  /** Takes a line of the job's log. */
  readJob(line: string): void {
    const said = parsed(line);
    if (said?.message === "micro-batch") this.countMicroBatch(said);
    else if (said?.message === "reading") this.isReading = true;
    else if (said?.message === "caught up") {
      this.caughtUp += 1;
      for (const [name, processed] of this.datasets) this.datasets.set(name, { ...processed, lag: 0 });
    } else if (said?.message === "closed day")
      this.closedDays = [...this.closedDays, { dataset: String(said.dataset), day: String(said.day) }];
  }

  /** Whether nothing was sent or processed yet. */
  get isEmpty(): boolean {
    return this.sent.sent === 0 && this.microBatches === 0;
  }

  /** Sums of all datasets. */
  get total(): Processed {
    const sums: Record<string, number> = { ...NOTHING };
    for (const processed of this.datasets.values())
      for (const [name, value] of Object.entries(processed)) sums[name] = (sums[name] ?? 0) + value;
    return sums as Processed;
  }

  private countMicroBatch(said: Said): void {
    this.microBatches += 1;
    const before = this.total.read;
    for (const [name, counts] of Object.entries((said.datasets ?? {}) as Record<string, Said>)) {
      const { lag: _, ...counted } = this.datasets.get(name) ?? NOTHING;
      const sums = Object.entries(counted).map(([key, value]) => [key, value + number(counts[key])]);
      this.datasets.set(name, { ...Object.fromEntries(sums), lag: number(counts.lag) } as Processed);
    }
    const seconds = number(said.seconds);
    this.processedRate = seconds > 0 ? Math.round((this.total.read - before) / seconds) : 0;
    this.latency = { p50: orNull(said.latency_p50), p95: orNull(said.latency_p95) };
  }
}

type Said = Readonly<Record<string, unknown>>;

/** The object that a line says; undefined when it is no JSON. */
function parsed(line: string): Said | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function orNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
