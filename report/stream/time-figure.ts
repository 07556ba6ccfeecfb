import type { LedgerEntry } from "../../contracts/stream-ledger";
import type { Figure } from "../figure";
import { instant, plural } from "../format";
import { columnPlot } from "../plots/columns";
import { commitsOf, perStep, stepsOf } from "./series";

/** Columns over time of something that commits contain. */
export function timeFigure(
  entries: readonly LedgerEntry[],
  title: string,
  counted: (entry: LedgerEntry) => number,
): Figure {
  const steps = stepsOf(entries);
  const spans = perStep(steps, commitsOf(entries, counted)).map((value, step) => {
    const from = steps.from + step * steps.width * 1000;
    const hint = `${instant(new Date(from).toISOString())}: ${plural(value, "record")}`;
    return { from, to: from + steps.width * 1000, value, hint };
  });
  return {
    title,
    description: `Records per commit over time: ${title}.`,
    plot: (width) => columnPlot({ spans, time: true, width }),
  };
}
