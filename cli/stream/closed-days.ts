import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { layout, partitionFolder } from "../../contracts/layout";

/** Days that are closed for every one of the datasets, the first one first. */
export function closedDays(lake: string, datasets: readonly string[]): string[] {
  const [first, ...others] = datasets.map((dataset) =>
    closedOf(join(lake, layout.zones.raw.folder, dataset)),
  );
  return (first ?? []).filter((day) => others.every((days) => days.includes(day)));
}

function closedOf(raw: string): string[] {
  if (!existsSync(raw)) return [];
  const prefix = partitionFolder("run_date", "");
  return readdirSync(raw)
    .filter((name) => name.startsWith(prefix))
    .filter((name) => existsSync(join(raw, name, layout.records.archive.name)))
    .map((name) => name.slice(prefix.length))
    .sort();
}
