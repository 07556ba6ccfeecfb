/** Bounds of a rule or of a batch: `minimum`, `maximum` and their exclusive likes; null and absent are open. */
export type Bounds = Readonly<Record<string, unknown>>;

/** What became of an interval, from the view of those whose values have to lie in it. */
export interface BoundsChange {
  readonly narrower: boolean;
  readonly wider: boolean;
}

/** Compares two intervals end by end: one end may have become narrower and the other wider. */
export function compareBounds(before: Bounds, after: Bounds): BoundsChange {
  const lower = compareEnd(endOf(before, "minimum"), endOf(after, "minimum"));
  const upper = -compareEnd(endOf(before, "maximum"), endOf(after, "maximum"), -1);
  return { narrower: lower > 0 || upper < 0, wider: lower < 0 || upper > 0 };
}

interface End {
  readonly value: number | string;
  readonly exclusive: boolean;
}

function endOf(bounds: Bounds, name: "minimum" | "maximum"): End | undefined {
  const [inclusive, exclusive] = [bounds[name] ?? undefined, bounds[`exclusive_${name}`] ?? undefined];
  const value = exclusive ?? inclusive;
  return value === undefined ? undefined : { value: comparable(value), exclusive: exclusive !== undefined };
}

/** Numbers by their value; days and moments are text whose order is that of time. */
function comparable(value: unknown): number | string {
  const number = Number(value);
  return Number.isNaN(number) ? String(value) : number;
}

/** Above 0 when the end has moved inwards, below when outwards; `inwards` is the direction of growing values. */
function compareEnd(before: End | undefined, after: End | undefined, inwards = 1): number {
  if (before === undefined || after === undefined)
    return Number(after !== undefined) - Number(before !== undefined);
  if (before.value === after.value) return Number(after.exclusive) - Number(before.exclusive);
  return (after.value > before.value ? 1 : -1) * inwards;
}
