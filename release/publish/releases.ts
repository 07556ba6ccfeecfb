import { MANIFEST } from "../assembly/directory";
import { each } from "./each";
import { RELEASES, releaseKey } from "./keys";
import { activationsOf, readCurrent } from "./pointer";
import { silent } from "./progress";
import { ArtifactStore, type StoreOptions } from "./store";

/** A release in the bucket. */
export interface ReleaseSummary {
  readonly release: string;
  /** When its last file, the manifest, was written (UTC); undefined when it is incomplete and cannot be used. */
  readonly completed_at: string | undefined;
  readonly current: boolean;
  /** When it was last made current (UTC); undefined when it was not, as far as is remembered. */
  readonly published_at: string | undefined;
}

/**
 * Every release of the bucket, newest first, the incomplete ones last.
 *
 * @throws BundleError when the bucket cannot be read
 */
export async function listReleases(options: StoreOptions): Promise<ReleaseSummary[]> {
  const store = new ArtifactStore(options);
  await store.open();
  return summarize(store);
}

/** The same for a store that is open. */
export async function summarize(store: ArtifactStore): Promise<ReleaseSummary[]> {
  const activations = activationsOf(await readCurrent(store));
  const names = await store.folders(RELEASES);
  const found = await each("compare", names, silent, async (release) => {
    const manifest = await store.head(releaseKey(release, MANIFEST));
    return {
      release,
      completed_at: manifest?.modified?.toISOString().replace(/\.\d+Z$/, "Z"),
      current: activations[0]?.release === release,
      published_at: activations.find((activation) => activation.release === release)?.published_at,
    };
  });
  return found.sort(newestFirst);
}

function newestFirst(a: ReleaseSummary, b: ReleaseSummary): number {
  const [left, right] = [a.published_at ?? a.completed_at ?? "", b.published_at ?? b.completed_at ?? ""];
  return left < right ? 1 : left > right ? -1 : 0;
}
