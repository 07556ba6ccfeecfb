import type { Cell, Mart } from "../../contracts/run-results";

export interface Total {
  readonly label: string;
  readonly value: number;
}

/** Stands for a cell without a value. */
export const unnamed = "(none)";

/** The cells of a column in the order of the sample; undefined when the mart has no such column. */
export function cellsOf({ columns, sample }: Mart, column: string): readonly Cell[] | undefined {
  const index = columns.indexOf(column);
  return index < 0 ? undefined : sample.map((row) => row[index] ?? null);
}

/** Whether a cell is a day or an instant as ISO 8601 writes it. */
export function isDay(cell: Cell): cell is string {
  return typeof cell === "string" && /^\d{4}-\d{2}-\d{2}/.test(cell) && !Number.isNaN(Date.parse(cell));
}

/** The sum of a measure for each value of another column, in order of appearance. */
export function totals(mart: Mart, by: string, measure: string): readonly Total[] {
  const labels = cellsOf(mart, by) ?? [];
  const values = cellsOf(mart, measure) ?? [];
  const sums = new Map<string, number>();
  labels.forEach((cell, index) => {
    const label = String(cell ?? unnamed);
    const value = values[index];
    sums.set(label, (sums.get(label) ?? 0) + (typeof value === "number" ? value : 0));
  });
  return [...sums].map(([label, value]) => ({ label, value }));
}
