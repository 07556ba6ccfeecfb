import type { LedgerEntry } from "../../contracts/stream-ledger";

/** Seconds that one step of a time axis may stand for. */
const WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400];
const MOST_STEPS = 90;

/** Records that moved at a moment. */
interface Moved {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly records: number;
}

/** Evenly wide parts of the time from the first arrival to the last commit. */
export interface Steps {
  /** Milliseconds since 1970, where the first one begins. */
  readonly from: number;
  /** Seconds. */
  readonly width: number;
  readonly count: number;
}

/** Arrivals at the brokers, by the second. */
export function arrivalsOf(entries: readonly LedgerEntry[]): readonly Moved[] {
  return entries.flatMap(({ arrivals }) =>
    Object.entries(arrivals).map(([second, records]) => ({ time: Number(second) * 1000, records })),
  );
}

/** Commits, with some count of what they contain. */
export function commitsOf(
  entries: readonly LedgerEntry[],
  counted: (entry: LedgerEntry) => number = ({ counts }) => counts.read,
): readonly Moved[] {
  return entries.map((entry) => ({ time: Date.parse(entry.applied_at), records: counted(entry) }));
}

/** Steps that cover all arrivals and commits, not more than fit on a plot. */
export function stepsOf(entries: readonly LedgerEntry[]): Steps {
  const times = [...arrivalsOf(entries), ...commitsOf(entries)].map(({ time }) => time);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const seconds = (last - first) / 1000 + 1;
  const width = WIDTHS.find((one) => seconds / one <= MOST_STEPS) ?? Math.ceil(seconds / MOST_STEPS);
  const from = Math.floor(first / (width * 1000)) * width * 1000;
  return { from, width, count: Math.floor((last - from) / (width * 1000)) + 1 };
}

/** Records that moved in each step. */
export function perStep(steps: Steps, moved: readonly Moved[]): readonly number[] {
  const sums = new Array<number>(steps.count).fill(0);
  for (const { time, records } of moved) {
    const step = Math.min(
      steps.count - 1,
      Math.max(0, Math.floor((time - steps.from) / (steps.width * 1000))),
    );
    sums[step] = (sums[step] ?? 0) + records;
  }
  return sums;
}

/** Records at the end of each step that had arrived and were in no commit. */
export function lagPerStep(steps: Steps, entries: readonly LedgerEntry[]): readonly number[] {
  const arrived = perStep(steps, arrivalsOf(entries));
  const committed = perStep(steps, commitsOf(entries));
  let lag = 0;
  // An arrival is known by its second, a commit by its millisecond: within one step it may seem to be the other way round.
  return arrived.map((records, step) => {
    lag += records - (committed[step] ?? 0);
    return Math.max(0, lag);
  });
}

/** Seconds from arrival to commit that a share of the records does not exceed; undefined where there are none. */
export function latency(entries: readonly LedgerEntry[], share: number): number | undefined {
  const ages = entries
    .flatMap(({ arrivals, applied_at }) =>
      Object.entries(arrivals).map(([second, records]) => ({
        age: Math.max(0, Date.parse(applied_at) / 1000 - Number(second)),
        records,
      })),
    )
    .sort((one, other) => one.age - other.age);
  const all = ages.reduce((sum, { records }) => sum + records, 0);
  let passed = 0;
  return ages.find(({ records }) => {
    passed += records;
    return passed >= all * share;
  })?.age;
}

/** The entries that were committed in each step. */
export function entriesPerStep(
  steps: Steps,
  entries: readonly LedgerEntry[],
): readonly (readonly LedgerEntry[])[] {
  const found: LedgerEntry[][] = Array.from({ length: steps.count }, () => []);
  for (const entry of entries) {
    const step = Math.floor((Date.parse(entry.applied_at) - steps.from) / (steps.width * 1000));
    found[Math.min(steps.count - 1, Math.max(0, step))]?.push(entry);
  }
  return found;
}
