import { existsSync, readFileSync } from "node:fs";
import { writeWhole } from "../../base/files";
import type { Folders } from "./folders";

/**
 * Writes the report of a stream since a moment; nothing when nothing was committed since.
 *
 * @param since UTC in ISO 8601; undefined for the start of the traffic that was sent last
 */
export async function writeStreamReport(folders: Folders, report: string, since?: string): Promise<void> {
  const { readStream, renderStream } = await import("../../report");
  const { lake, account } = folders;
  const history = readStream({ lake, account, since: since ?? lastTraffic(account) });
  if (history !== undefined) writeWhole(report, await renderStream(history));
}

function lastTraffic(account: string): string {
  return existsSync(account)
    ? JSON.parse(readFileSync(account, "utf8")).started_at
    : new Date(0).toISOString();
}
