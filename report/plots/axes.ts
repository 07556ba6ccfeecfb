/** Labels of a numeric axis, as `compact` writes them: 0, 500, 1.5K, 20M, 3B. */
const numberLabel = ["1e12:T", "1e9:B", "1e6:M", "1e3:K"]
  .map((unit) => unit.split(":"))
  .map(([size, name]) => `abs(datum.value) >= ${size} ? format(datum.value / ${size}, '~g') + '${name}' : `)
  .concat("format(datum.value, '~g')")
  .join("");

/** A vertical axis of numbers: lines across the plot instead of ticks. */
export function valueAxis(tickCount: number) {
  return { tickCount, domain: false, ticks: false, labelExpr: numberLabel } as const;
}

/** The room that a label such as `Feb 2026` needs, in pixels, and one such as `200K`. */
const room = { month: 70, edge: 32 };

/** The places on an axis that get a label: as many, evenly, as there is room for. */
function spaced<T>(places: readonly T[], width: number, each: number): readonly T[] {
  const step = Math.ceil(places.length / Math.max(1, Math.floor(width / each)));
  return places.filter((_, index) => index % step === 0);
}

const horizontal = { grid: false, labelFlush: false, labelOverlap: false } as const;

/** A horizontal axis of numbers. */
export function numberAxis(width: number) {
  return { ...horizontal, tickCount: Math.round(width / 60), labelExpr: numberLabel } as const;
}

/** Whether points in time, in milliseconds, are all the beginning of a month in UTC. */
export function areMonths(times: readonly number[]): boolean {
  return times.every((time) => new Date(time).toISOString().slice(8, 19) === "01T00:00:00");
}

/** A horizontal axis of time, in UTC. Months are named with their year: Vega would name some without. */
export function timeAxis(times: readonly number[], width: number) {
  if (!areMonths(times)) return { ...horizontal, tickCount: Math.round(width / 90) } as const;
  const values = [...spaced(times, width, room.month)];
  return { ...horizontal, values, labelExpr: "utcFormat(datum.value, '%b %Y')" } as const;
}

/** A horizontal axis of steps that are named at their edges, from the first on. */
export function edgeAxis(edges: readonly string[], width: number) {
  const values = [...spaced([...edges.keys()], width, room.edge)];
  return { ...horizontal, values, labelExpr: `${JSON.stringify(edges)}[datum.value]` } as const;
}
