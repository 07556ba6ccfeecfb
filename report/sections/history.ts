import type { RunResults } from "../../contracts/run-results";
import { count, duration, plural, share } from "../format";
import type { EarlierRun } from "../history";
import { type Part, section } from "../section";
import { table } from "../table";
import { costOf, usageInShort } from "../usage";

function cells(run: EarlierRun, priced: boolean) {
  return [
    run.run_date,
    run.status === "published" ? "✓ Published" : "✗ Rejected",
    count(run.rows_read),
    share(run.rows_quarantined, run.rows_read),
    duration(run.seconds),
    usageInShort(run.usage),
    ...(priced ? [costOf(run.usage) ?? "unknown"] : []),
    run.run_id,
  ];
}

/** The runs before this one, as the metadata store has them: the same batch over time, at a glance. */
export function earlierRuns({ run_id }: RunResults, history: readonly EarlierRun[]): Part {
  const earlier = history.filter((run) => run.run_id !== run_id);
  const priced = earlier.some(({ usage }) => costOf(usage) !== undefined);
  const rejected = earlier.filter(({ status }) => status === "rejected").length;
  return section({
    id: "history",
    title: "Earlier runs",
    lead:
      earlier.length === 0
        ? "This is the first run in the metadata store."
        : `${plural(earlier.length, "run")} before this one, newest first; ${rejected === 0 ? "none was" : plural(rejected, "was", "were")} rejected.`,
    body:
      earlier.length > 0 &&
      table({
        caption: "Earlier runs",
        columns: [
          { title: "Run date" },
          { title: "Outcome" },
          ...["Rows read", "Quarantined", "Time", "Used", ...(priced ? ["Cost"] : [])].map((title) => ({
            title,
            numeric: true,
          })),
          { title: "Run", code: true },
        ],
        rows: earlier.map((run) => cells(run, priced)),
      }),
  });
}
