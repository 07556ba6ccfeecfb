import pc from "picocolors";
import type { PublishResult, ReleaseSummary, RollbackResult } from "../../release/publish";
import { table } from "../table";
import { formatSize } from "./describe";

/** The summary of a publication. */
export function describePublication(result: PublishResult, bucket: string): string {
  const { release, uploaded, skipped, bytes, activated, mirrored } = result;
  return [
    `${pc.green("✓")} release ${release} is current in s3://${bucket}${activated ? "" : ", as it was"}`,
    `  ${files(uploaded)} uploaded (${formatSize(bytes)}), ${skipped} there already; ${changed(mirrored)}`,
  ].join("\n");
}

/** The summary of a rollback. */
export function describeRollback(
  { release, from, activated, mirrored }: RollbackResult,
  bucket: string,
): string {
  const was = activated ? `; it was ${from}` : ", as it was";
  return `${pc.green("✓")} release ${release} is current in s3://${bucket}${was}\n  ${changed(mirrored)}`;
}

/** The releases of a bucket, newest first. */
export function describeReleases(releases: readonly ReleaseSummary[]): string {
  if (releases.length === 0) return "no release was published yet";
  const rows = releases.map(({ release, completed_at, current, published_at }) => [
    release,
    completed_at ?? "incomplete",
    published_at ?? "",
    current ? "current" : "",
  ]);
  return table(["release", "uploaded", "last made current", ""], rows);
}

function changed({ copied, deleted }: PublishResult["mirrored"]): string {
  if (copied + deleted === 0) return "dags/ was up to date";
  return `dags/: ${files(copied)} copied, ${deleted} deleted`;
}

function files(count: number): string {
  return `${count} ${count === 1 ? "file" : "files"}`;
}
