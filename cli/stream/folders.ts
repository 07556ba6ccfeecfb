import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { layout } from "../../contracts/layout";

/** Where everything of a stream on this machine is. */
export interface Folders {
  readonly root: string;
  /** Compiled contracts, the JSON Schema of records, and the settings of topics. */
  readonly contracts: string;
  /** The broker's data, kept from one start to the next. */
  readonly kafka: string;
  readonly logs: string;
  readonly lake: string;
  readonly checkpoint: string;
  /** What the generator sent. */
  readonly account: string;
  /** Exists while a stream runs; names its process. */
  readonly lock: string;
}

/** @param lake root of the lake; undefined for the one in the folder */
export function foldersOf(folder: string, lake: string | undefined): Folders {
  const root = resolve(folder);
  const lakeRoot = resolve(lake ?? join(root, "lake"));
  return {
    root,
    contracts: join(root, "contracts"),
    kafka: join(root, "kafka"),
    logs: join(root, "logs"),
    lake: lakeRoot,
    checkpoint: join(lakeRoot, layout.streams.state.folder, "checkpoint"),
    account: join(root, "traffic.json"),
    lock: join(root, "pid"),
  };
}

/** Names of the streamed datasets: those whose topic was compiled. */
export function streamedDatasets({ contracts }: Pick<Folders, "contracts">): string[] {
  const ending = ".topic.json";
  const topics = readdirSync(contracts).filter((name) => name.endsWith(ending));
  return topics.map((name) => name.slice(0, -ending.length)).sort();
}
