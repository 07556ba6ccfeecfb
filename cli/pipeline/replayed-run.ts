import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Failure } from "../../base/failure";
import { partitionFolder, prefixOf, recordKey } from "../../contracts/layout";
import { places, shown } from "../places";

/** Where a run is that came to its end, and the day it was of. */
export interface ReplayedRun {
  readonly output: string;
  readonly runDate: string;
}

/**
 * Finds a run by its name.
 *
 * @param lake root of its lake; undefined to look into the demo's and that of any data
 * @throws Failure when no lake has it
 */
export function findReplayed(run: string, lake: string | undefined): ReplayedRun {
  const lakes = lake === undefined ? [places.lake, places.data] : [resolve(lake)];
  for (const output of lakes) {
    const results = join(output, recordKey(run, "results"));
    if (existsSync(results)) return { output, runDate: JSON.parse(readFileSync(results, "utf8")).run_date };
  }
  throw new Failure(
    `--replay ${run}: no such run has come to its end in ${lakes.map(shown).join(" or ")}`,
    `the report of a run and the folders ${prefixOf("runs")}${partitionFolder("run", "<id>")}/ have its name; another lake is named by --output`,
  );
}
