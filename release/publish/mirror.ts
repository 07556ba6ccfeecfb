import type { Manifest } from "../assembly/manifest";
import { BundleError } from "../failure";
import { each } from "./each";
import { DAGS, releaseKey } from "./keys";
import { readCurrent } from "./pointer";
import type { OnProgress } from "./progress";
import type { ArtifactStore } from "./store";
import { readManifest, stateOf } from "./stored-release";

/** What a mirroring changed in MWAA's folder. */
export interface MirrorResult {
  readonly copied: number;
  readonly deleted: number;
}

/** Each pass ends with a look at the pointer; two publishers need two passes. */
const PASSES = 5;

/**
 * Makes `dags/` the DAGs of the current release, whichever it is. If the pointer moved meanwhile, it starts over:
 * of several publishers, the last one to finish leaves the folder as the pointer says.
 */
export async function mirrorDags(store: ArtifactStore, onProgress: OnProgress): Promise<MirrorResult> {
  let result: MirrorResult = { copied: 0, deleted: 0 };
  for (let pass = 1; pass <= PASSES; pass += 1) {
    const release = await currentRelease(store);
    const stored = await readManifest(store, release);
    if (stored === undefined)
      throw new BundleError(
        `s3://${store.bucket}: the current release ${release} has no manifest`,
        "publish again",
      );
    const { copied, deleted } = await mirrorOnce(store, stored.manifest, onProgress);
    result = { copied: result.copied + copied, deleted: result.deleted + deleted };
    if ((await currentRelease(store)) === release) return result;
  }
  throw new BundleError(
    `s3://${store.bucket}/${DAGS}: the current release keeps changing`,
    "wait for the other publishers, then run this again",
  );
}

/**
 * MWAA reads the folder while it changes: what DAGs import goes before the DAGs, which lie at the top, and nothing
 * is deleted before nobody imports it.
 */
async function mirrorOnce(
  store: ArtifactStore,
  manifest: Manifest,
  onProgress: OnProgress,
): Promise<MirrorResult> {
  const { changed, stale } = await compareFolder(store, manifest, onProgress);
  const isNested = (path: string): boolean => path.slice(DAGS.length).includes("/");
  const copy = (path: string): Promise<void> => store.copy(releaseKey(manifest.release, path), path);
  const remove = (key: string): Promise<void> => store.remove(key);
  const total = changed.length + stale.length;
  let before = 0;
  for (const [keys, work] of [
    [changed.filter(isNested), copy],
    [changed.filter((path) => !isNested(path)), copy],
    [stale, remove],
  ] as const) {
    await each("mirror", keys, ({ phase, done }) => onProgress({ phase, done: before + done, total }), work);
    before += keys.length;
  }
  return { copied: changed.length, deleted: stale.length };
}

/** Paths of the release that `dags/` lacks or has otherwise, and keys there that the release does not have. */
async function compareFolder(
  store: ArtifactStore,
  { files }: Manifest,
  onProgress: OnProgress,
): Promise<{ changed: string[]; stale: string[] }> {
  const wanted = Object.entries(files).filter(([path]) => path.startsWith(DAGS));
  const listed = await store.list(DAGS);
  const same = await each("inspect", wanted, onProgress, async ([path, file]) => {
    return (await stateOf(store, path, file, listed.get(path))).state === "same";
  });
  const changed = wanted.filter((_, index) => !same[index]).map(([path]) => path);
  const stale = [...listed.keys()].filter((key) => !key.endsWith("/") && files[key] === undefined);
  return { changed, stale };
}

async function currentRelease(store: ArtifactStore): Promise<string> {
  const current = await readCurrent(store);
  if (current !== undefined) return current.release;
  throw new BundleError(`s3://${store.bucket}: no release is current`, "publish one");
}
