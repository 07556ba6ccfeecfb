import { relative } from "node:path";
import type { Manifest } from "../../release";
import { type Cell, table } from "../table";

/** The summary of a release that was built: its name, what it is for, and how large each part is. */
export function describeBundle(manifest: Manifest, directory: string): string {
  const contracts = Object.entries(manifest.contracts).map(([name, { version }]) => `${name} ${version}`);
  const rows: Cell[][] = parts(manifest).map(([part, files, bytes]) => [part, files, formatSize(bytes)]);
  return [
    `release ${manifest.release} in ${relative(process.cwd(), directory) || "."}`,
    `Spark ${manifest.spark_version} on ${manifest.emr_release}, Python ${manifest.python_version} or newer; contracts ${contracts.join(", ")}`,
    "",
    table(["part", "files", "size"], rows),
  ].join("\n");
}

/** Bytes for people: `24.3 kB`. */
export function formatSize(bytes: number): string {
  const [value, unit] =
    bytes >= 1e6 ? [bytes / 1e6, "MB"] : bytes >= 1e3 ? [bytes / 1e3, "kB"] : [bytes, "B"];
  return `${Number(value.toPrecision(3))} ${unit}`;
}

/** Files and bytes by the first part of the path, and in all. */
function parts({ files }: Manifest): [string, number, number][] {
  const sums = new Map<string, [number, number]>();
  for (const [path, { size }] of Object.entries(files)) {
    const part = path.replace(/\/.*/, "/");
    const [count, bytes] = sums.get(part) ?? [0, 0];
    sums.set(part, [count + 1, bytes + size]);
  }
  const rows = [...sums].map(([part, [count, bytes]]): [string, number, number] => [part, count, bytes]);
  const total = (index: 1 | 2): number => rows.reduce((sum, row) => sum + row[index], 0);
  return [...rows, ["total", total(1), total(2)]];
}
