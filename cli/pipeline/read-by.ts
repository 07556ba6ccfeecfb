import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { layout, partitionFolder } from "../../contracts/layout";

/** What says where a run reads. */
export interface Reading {
  readonly input: string | undefined;
  /** Root of the lake. */
  readonly output: string;
  readonly runDate: string;
  readonly data?: { readonly path: string };
  readonly replay?: string;
}

/** Folder of a batch's raw data: what was named, or where synthetic batches go. */
export function rawFolder({ input, output }: Pick<Reading, "input" | "output">): string {
  return input ?? join(output, layout.zones.raw.folder);
}

/** Files and folders that the jobs of a run read: its batch, and the curated tables that it merges with. */
export function readBy(options: Reading): string[] {
  return [...batch(options), join(options.output, layout.zones.curated.folder)];
}

function batch(options: Reading): string[] {
  if (options.replay !== undefined)
    return folders(
      join(options.output, layout.zones.quarantine.folder),
      partitionFolder("run", options.replay),
    );
  if (options.data !== undefined) return [options.data.path];
  return folders(rawFolder(options), partitionFolder("run_date", options.runDate));
}

/** The folder of that name in each dataset's. */
function folders(root: string, name: string): string[] {
  return existsSync(root) ? readdirSync(root).map((dataset) => join(root, dataset, name)) : [];
}
