import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pc from "picocolors";
import { Failure } from "../../base/failure";
import { exitCodes, layout } from "../../contracts/layout";
import { writeTargets } from "../contract/compile";
import { shown } from "../places";
import { prepareJobs } from "../spark/jobs";
import { type Cell, table } from "../table";
import { closedDays } from "./closed-days";
import { type Folders, streamedDatasets } from "./folders";
import { smallTables } from "./job";
import { writeStreamReport } from "./write-report";

/** Ways in which the stream and the batch of a day can differ. */
const DIFFERENCES = ["mismatched", "missing", "extra"] as const;

/** How many rows differ, with examples by difference. */
type Comparison = Readonly<Record<(typeof DIFFERENCES)[number], number>> & {
  readonly examples: Readonly<Record<string, readonly string[]>>;
};

/** What was compared of each dataset, `rows` and `quarantined`. */
type Comparisons = Readonly<Record<string, Readonly<Record<string, Comparison>>>>;

const EXAMPLES_SHOWN = 3;

/**
 * Runs the batch of a closed day and compares its rows and its quarantine with those of the stream.
 *
 * @param day undefined for the last day that is closed
 * @param report where the report of the stream goes, now with this comparison
 * @throws Failure with exit code 3 when they differ
 */
export async function verifyDay(folders: Folders, day: string | undefined, report: string): Promise<void> {
  writeTargets("contracts", folders.contracts);
  const datasets = streamedDatasets(folders);
  const verified = day ?? closedDays(folders.lake, datasets).at(-1);
  if (verified === undefined)
    throw new Failure(
      `no day is closed in ${shown(folders.lake)}, so there is nothing to compare`,
      "run `./platform stream`, then `./platform stream --close <day>`",
    );
  const { raw } = layout.zones;
  const { run } = await prepareJobs({
    output: folders.lake,
    logs: folders.logs,
    conf: smallTables(),
    reads: () => [join(folders.lake, layout.streams.archive.folder), join(folders.lake, raw.folder)],
  });
  const args = ["--day", verified, "--datasets", datasets.join(","), "--output", folders.lake];
  const { rejected } = await run(layout.jobs.verify.name, args);
  const result = join(folders.lake, layout.streams.state.folder, "verify", `${verified}.json`);
  console.log(
    `\n${describeComparison(verified, readComparisons(result), rejected)}\n\nthe whole result: ${shown(result)}`,
  );
  await writeStreamReport(folders, report);
  if (rejected)
    throw new Failure(
      `stream and batch of ${verified} differ`,
      `the examples above begin with what differs; the archive of the day has every record`,
      exitCodes.rejected,
    );
}

function readComparisons(file: string): Comparisons {
  if (!existsSync(file)) throw new Failure(`the job ended well, but ${shown(file)} is not there`);
  return JSON.parse(readFileSync(file, "utf8")).datasets;
}

/** The comparison as people read it. */
export function describeComparison(day: string, datasets: Comparisons, differs: boolean): string {
  const all = Object.entries(datasets).flatMap(([dataset, parts]) =>
    Object.entries(parts).map(([part, found]) => ({ dataset, part, found })),
  );
  const rows = all.map(({ dataset, part, found }): Cell[] => {
    return [dataset, part, ...DIFFERENCES.map((difference) => found[difference])];
  });
  const verdict = differs
    ? `${pc.red("✗")} stream and batch of ${day} differ`
    : `${pc.green("✓")} stream and batch of ${day} are equal`;
  const examples = all.flatMap(({ dataset, part, found }) => examplesOf(`${dataset}, ${part}`, found));
  return [verdict, table(["dataset", "compared", ...DIFFERENCES], rows), ...examples].join("\n\n");
}

function examplesOf(what: string, { examples }: Comparison): string[] {
  return Object.entries(examples)
    .filter(([, found]) => found.length > 0)
    .map(([difference, found]) => {
      const some = found.slice(0, EXAMPLES_SHOWN).map((example) => `  ${example}`);
      return [`${what}: ${difference}, for example`, ...some].join("\n");
    });
}
