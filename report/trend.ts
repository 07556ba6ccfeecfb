import type { Check } from "../contracts/run-results";
import { type Html, html } from "../markup/html";
import { list, share } from "./format";
import type { EarlierRun } from "./history";

/** Runs of a trend, the last ones. */
const mostRuns = 20;
/** Pixels: of a bar with the gap after it, of the tallest bar, and of one that stands for nothing. */
const [step, gap, tallest, least] = [5, 1, 20, 2];

/** How one check went in one run. */
interface Point {
  readonly passed: boolean;
  readonly failed: number | null;
  readonly read: number;
}

/** How a check of a dataset went in the last runs that made it, the oldest first. */
function pointsOf(dataset: string, { id }: Check, history: readonly EarlierRun[]): readonly Point[] {
  const runs = [...history].sort((one, other) => Date.parse(one.started_at) - Date.parse(other.started_at));
  const points = runs.flatMap((run) => {
    const judged = run.datasets[dataset];
    const check = judged?.checks[id];
    if (!judged || !check) return [];
    return [{ passed: check.passed, failed: check.failed_rows, read: judged.rows_read }];
  });
  return points.slice(-mostRuns);
}

/** What is drawn of a run: the share of rows that failed, or all or nothing where no rows are counted. */
function sizeOf({ failed, passed, read }: Point): number {
  if (failed === null) return passed ? 0 : 1;
  return read === 0 ? 0 : failed / read;
}

function wordFor({ failed, passed, read }: Point): string {
  return failed === null ? (passed ? "passed" : "failed") : share(failed, read);
}

/** A bar for each of the last runs, the newest at the end; in the colour of its severity where the check failed. */
export function trendOf(dataset: string, check: Check, history: readonly EarlierRun[]): Html | null {
  const points = pointsOf(dataset, check, history);
  if (points.length < 2) return null;
  const most = Math.max(...points.map(sizeOf), check.threshold ?? 0);
  const bars = points.map((point, index) => {
    const height = Math.max(least, most === 0 ? 0 : (sizeOf(point) / most) * tallest);
    const kind = point.passed ? "passed" : check.severity;
    return html`<rect class="${kind}" x="${index * step}" y="${round(tallest - height)}" width="${step - gap}" height="${round(height)}"/>`;
  });
  const width = points.length * step - gap;
  const words = `The last ${points.length} runs: ${list(points.map(wordFor))}`;
  return html`<svg class="trend" role="img" viewBox="0 0 ${width} ${tallest}" width="${width}" height="${tallest}"><title>${words}</title>${bars}</svg>`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
