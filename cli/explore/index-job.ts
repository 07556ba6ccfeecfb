import { readdirSync } from "node:fs";
import { join } from "node:path";
import { layout } from "../../contracts/layout";
import type { Program } from "../programs/child";
import { jobProgram } from "../spark/job-program";
import { buildRelease } from "../spark/jobs";
import { findSpark } from "../spark/place";
import { sizeSpark } from "../spark/sizing";

/** Milliseconds for the request under way. */
const GRACE = 60_000;

/** Names of the searched datasets, which have a compiled template, in their order. */
export function searchedDatasets(contracts: string): string[] {
  const ending = ".search.json";
  const templates = readdirSync(contracts).filter((name) => name.endsWith(ending));
  return templates.map((name) => name.slice(0, -ending.length)).sort();
}

/** Builds the release, and returns the program that brings its tables into OpenSearch; it ends by itself. */
export async function prepareIndexJob(
  logs: string,
  index: { readonly lake: string; readonly url: string; readonly datasets: readonly string[] },
): Promise<Program> {
  const place = findSpark();
  const { spark_conf } = await buildRelease();
  const conf = {
    ...spark_conf,
    ...(await sizeSpark(place.python, [index.lake])),
    "spark.ui.showConsoleProgress": "false",
  };
  const to = ["--datasets", index.datasets.join(","), "--search", index.url, "--output", index.lake];
  return jobProgram(place, conf, [layout.jobs.index.name, ...to], {
    name: "index",
    log: join(logs, "index.log"),
    grace: GRACE,
    installedBy: "install-search",
  });
}
