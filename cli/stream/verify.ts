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

/** Ways in which the stream and the batch of a day can differ. */
const DIFFERENCES = ["mismatched", "missing", "extra"] as const;

/** What the job found for a dataset; examples are rows, or whatever else it shows of them. */
type Comparison = Readonly<Record<(typeof DIFFERENCES)[number], number>> & {
  readonly examples?: Readonly<Record<string, readonly unknown[]>>;
};

const EXAMPLES_SHOWN = 3;

/**
 * Runs the batch of a closed day and compares its rows and its quarantine with those of the stream.
 *
 * @param day undefined for the last day that is closed
 * @throws Failure with exit code 3 when they differ
 */
export async function verifyDay(folders: Folders, day: string | undefined): Promise<void> {
  writeTargets(folders.contracts);
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
    reads: () => [join(folders.lake, layout.streams.archive.folder), join(folders.lake, raw.folder)],
  });
  const args = ["--day", verified, "--datasets", datasets.join(","), "--output", folders.lake];
  const { rejected } = await run(layout.jobs.verify.name, args);
  const result = join(folders.lake, layout.streams.state.folder, "verify", `${verified}.json`);
  console.log(
    `\n${describeComparison(verified, readComparisons(result), rejected)}\n\nthe whole result: ${shown(result)}`,
  );
  if (rejected)
    throw new Failure(
      `stream and batch of ${verified} differ`,
      `the examples above begin with what differs; the archive of the day has every record`,
      exitCodes.rejected,
    );
}

function readComparisons(file: string): Readonly<Record<string, Comparison>> {
  if (!existsSync(file)) throw new Failure(`the job ended well, but ${shown(file)} is not there`);
  const document = JSON.parse(readFileSync(file, "utf8"));
  return document.datasets ?? document;
}

/** The comparison as people read it. */
export function describeComparison(
  day: string,
  datasets: Readonly<Record<string, Comparison>>,
  differs: boolean,
): string {
  const rows = Object.entries(datasets).map(([name, found]): Cell[] => {
    return [name, ...DIFFERENCES.map((difference) => found[difference])];
  });
  const verdict = differs
    ? `${pc.red("✗")} stream and batch of ${day} differ`
    : `${pc.green("✓")} stream and batch of ${day} are equal`;
  const examples = Object.entries(datasets).flatMap(([name, found]) => examplesOf(name, found));
  return [verdict, table(["dataset", ...DIFFERENCES], rows), ...examples].join("\n\n");
}

function examplesOf(dataset: string, { examples = {} }: Comparison): string[] {
  return Object.entries(examples)
    .filter(([, found]) => found.length > 0)
    .map(([difference, found]) => {
      const shownOnes = found.slice(0, EXAMPLES_SHOWN).map((example) => `  ${JSON.stringify(example)}`);
      return [`${dataset}: ${difference}, for example`, ...shownOnes].join("\n");
    });
}
