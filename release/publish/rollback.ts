import { suggest } from "../../base/closest";
import { BundleError } from "../failure";
import { type MirrorResult, mirrorDags } from "./mirror";
import { type Activation, activationsOf, moveCurrent, readCurrent, timestamp } from "./pointer";
import { type OnProgress, silent } from "./progress";
import { summarize } from "./releases";
import { ArtifactStore, type StoreOptions } from "./store";
import { readManifest, verifyFiles } from "./stored-release";

export interface RollbackOptions extends StoreOptions {
  /**
   * The release to go back to.
   * @default the one that was current before the current one
   */
  readonly release?: string;
  /** @default nobody is told */
  readonly onProgress?: OnProgress;
}

export interface RollbackResult {
  readonly release: string;
  /** The release that was current before. */
  readonly from: string;
  /** False when the release was current already. */
  readonly activated: boolean;
  readonly mirrored: MirrorResult;
}

/**
 * Makes an earlier release current again, after making sure that all of it is still there, and mirrors its DAGs.
 * Going back twice goes back two releases: what was rolled back is forgotten as something to go back to, and can
 * still be named.
 *
 * @throws BundleError when there is no such release, or it is not whole
 */
export async function rollback(options: RollbackOptions): Promise<RollbackResult> {
  const { onProgress = silent } = options;
  const store = new ArtifactStore(options);
  await store.open();
  const activations = activationsOf(await readCurrent(store));
  const [current, previous] = activations;
  if (current === undefined)
    throw new BundleError(`s3://${store.bucket}: nothing was published yet`, "publish a release first");
  const release = options.release ?? previous?.release;
  if (release === undefined)
    throw new BundleError(
      `s3://${store.bucket}: ${current.release} is the first release, there is none before it`,
      "name one with --to",
    );
  const stored = await readManifest(store, release);
  if (stored === undefined) throw await unknownRelease(store, release);
  await verifyFiles(store, stored.manifest, { seal: stored.seal }, onProgress);
  onProgress({ phase: "activate", done: 0, total: 1 });
  const activated = await moveCurrent(store, (now) => backTo(release, now));
  onProgress({ phase: "activate", done: 1, total: 1 });
  return { release, from: current.release, activated, mirrored: await mirrorDags(store, onProgress) };
}

/** The activations up to the last one of the release; a release that is not among them goes on top. */
function backTo(release: string, now: readonly Activation[]): readonly Activation[] | undefined {
  if (now[0]?.release === release) return undefined;
  const index = now.findIndex((activation) => activation.release === release);
  const before = index === -1 ? now : now.slice(index + 1);
  return [{ release, published_at: timestamp() }, ...before];
}

async function unknownRelease(store: ArtifactStore, release: string): Promise<BundleError> {
  const releases = await summarize(store);
  const known = releases
    .filter(({ completed_at }) => completed_at !== undefined)
    .map((summary) => summary.release);
  const incomplete = releases.some((summary) => summary.release === release);
  return new BundleError(
    `s3://${store.bucket}: release ${release} is ${incomplete ? "incomplete: its publication was interrupted" : "unknown"}`,
    suggest(release, known),
  );
}
