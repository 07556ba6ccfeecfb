import { canonicalJson } from "../../base/canonical-json";
import { sha256 } from "../../base/digest";
import { MANIFEST } from "../assembly/directory";
import type { Manifest } from "../assembly/manifest";
import { each } from "./each";
import { releaseKey } from "./keys";
import { type LocalRelease, readLocalRelease } from "./local-release";
import { type MirrorResult, mirrorDags } from "./mirror";
import { type Activation, moveCurrent, timestamp } from "./pointer";
import { type OnProgress, silent } from "./progress";
import { SEAL, sealOf } from "./seal";
import { ArtifactStore, type StoreOptions } from "./store";
import { compareFiles, tagsOf, verifyFiles } from "./stored-release";

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
  const uploaded = await completeRelease(store, local, onProgress);
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

/**
 * Uploads what the bucket lacks of a release. The manifest, with the seal of all that is there, makes it complete; one
 * that is there already keeps its date.
 *
 * @returns the paths of the files that were uploaded
 */
async function completeRelease(
  store: ArtifactStore,
  local: LocalRelease,
  onProgress: OnProgress,
): Promise<string[]> {
  const { manifest } = local;
  const key = releaseKey(manifest.release, MANIFEST);
  const text = canonicalJson(manifest);
  const stored = await store.read(key);
  const seal = stored?.text === text ? stored.metadata[SEAL] : undefined;
  const states = await compareFiles(store, manifest, { seal }, { phase: "compare", onProgress });
  const found = tagsOf(states);
  const uploaded = await uploadMissing(store, local, found, onProgress);
  const tags = new Map([...found, ...uploaded]);
  const verified = uploaded.size === 0 ? tags : await verifyFiles(store, manifest, { tags }, onProgress);
  const content = { bytes: Buffer.from(text), sha256: sha256(text) };
  const now = sealOf(verified);
  if (now !== seal) await store.putDescribed(key, content, { [SEAL]: now });
  return [...uploaded.keys()];
}

/** Tags of what was uploaded, by path. */
async function uploadMissing(
  store: ArtifactStore,
  { manifest, content }: LocalRelease,
  found: ReadonlyMap<string, string>,
  onProgress: OnProgress,
): Promise<Map<string, string>> {
  const files = Object.entries(manifest.files).filter(([path]) => !found.has(path));
  const tags = await each("upload", files, onProgress, async ([path, file]) => {
    const bytes = content.get(path) ?? Buffer.alloc(0);
    return store.put(releaseKey(manifest.release, path), { bytes, sha256: file.sha256 });
  });
  return new Map(files.map(([path], index) => [path, tags[index] ?? ""]));
}

function activate({ release }: Manifest, now: readonly Activation[]): readonly Activation[] | undefined {
  if (now[0]?.release === release) return undefined;
  return [{ release, published_at: timestamp() }, ...now];
}
