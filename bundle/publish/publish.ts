import { canonicalJson } from "../release/canonical-json";
import { MANIFEST } from "../release/directory";
import { sha256 } from "../release/files";
import type { Manifest } from "../release/manifest";
import { each } from "./each";
import { releaseKey } from "./keys";
import { type LocalRelease, readLocalRelease } from "./local-release";
import { type MirrorResult, mirrorDags } from "./mirror";
import { type Activation, moveCurrent, timestamp } from "./pointer";
import { type OnProgress, silent } from "./progress";
import { ArtifactStore, type StoreOptions } from "./store";
import { compareFiles, stateOf, verifyFiles } from "./stored-release";

export interface PublishOptions extends StoreOptions {
  /** A release that `buildBundle` made. */
  readonly bundleDir: string;
  /** @default nobody is told */
  readonly onProgress?: OnProgress;
}

export interface PublishResult {
  readonly release: string;
  /** Files that were not there, or not as built. */
  readonly uploaded: number;
  /** Files that were there already. */
  readonly skipped: number;
  /** Of the files uploaded. */
  readonly bytes: number;
  /** False when the release was current already. */
  readonly activated: boolean;
  readonly mirrored: MirrorResult;
}

/**
 * Publishes a release. Its files go to a folder of their own, and the manifest last; only when S3 has every byte of
 * it does `etl/current.json` move, and `dags/` follows. Interrupted at any moment, it leaves the release before it
 * current and whole, and running it again completes it.
 *
 * @throws BundleError when the release, the bucket or the way there is at fault
 */
export async function publishRelease(options: PublishOptions): Promise<PublishResult> {
  const { bundleDir, onProgress = silent } = options;
  const local = readLocalRelease(bundleDir);
  const store = new ArtifactStore(options);
  await store.open();
  const uploaded = await uploadMissing(store, local, onProgress);
  await verifyFiles(store, local.manifest, onProgress);
  await completeRelease(store, local.manifest);
  onProgress({ phase: "activate", done: 0, total: 1 });
  const activated = await moveCurrent(store, (now) => activate(local.manifest, now));
  onProgress({ phase: "activate", done: 1, total: 1 });
  const mirrored = await mirrorDags(store, onProgress);
  const sizes = uploaded.map((path) => local.manifest.files[path]?.size ?? 0);
  return {
    release: local.manifest.release,
    uploaded: uploaded.length,
    skipped: local.content.size - uploaded.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    activated,
    mirrored,
  };
}

async function uploadMissing(
  store: ArtifactStore,
  { manifest, content }: LocalRelease,
  onProgress: OnProgress,
): Promise<string[]> {
  const states = await compareFiles(store, manifest, "compare", onProgress);
  const wanted = new Set(states.filter(({ state }) => state !== "same").map(({ path }) => path));
  const files = [...content].filter(([path]) => wanted.has(path));
  await each("upload", files, onProgress, ([path, bytes]) =>
    store.put(releaseKey(manifest.release, path), bytes),
  );
  return [...wanted];
}

/** The manifest is what makes a release complete. One that is there already keeps its date. */
async function completeRelease(store: ArtifactStore, manifest: Manifest): Promise<void> {
  const bytes = Buffer.from(canonicalJson(manifest));
  const key = releaseKey(manifest.release, MANIFEST);
  const state = await stateOf(store, key, { sha256: sha256(bytes) });
  if (state !== "same") await store.put(key, bytes);
}

function activate({ release }: Manifest, now: readonly Activation[]): readonly Activation[] | undefined {
  if (now[0]?.release === release) return undefined;
  return [{ release, published_at: timestamp() }, ...now];
}
