import { BundleError } from "../failure";
import { MANIFEST } from "../release/directory";
import { isIntact, type Manifest, type ReleaseFile } from "../release/manifest";
import { each } from "./each";
import { releaseKey } from "./keys";
import type { OnProgress, Phase } from "./progress";
import type { ArtifactStore } from "./store";

/** A file of a release, and whether the bucket has it. */
export interface FileState {
  readonly path: string;
  /** `other` is there, with other content or with a checksum nobody computed. */
  readonly state: "same" | "other" | "missing";
}

/** The manifest of a release in the bucket; undefined when the release is unknown or incomplete. */
export async function readManifest(store: ArtifactStore, release: string): Promise<Manifest | undefined> {
  const key = releaseKey(release, MANIFEST);
  const stored = await store.read(key);
  if (stored === undefined) return undefined;
  const manifest = parse(stored.text);
  if (manifest?.release === release && isIntact(manifest)) return manifest;
  throw new BundleError(
    `s3://${store.bucket}/${key}: is not the manifest that ${release} is named after`,
    "publish the release again",
  );
}

/** Compares every file of a release with the bucket, by SHA-256. */
export function compareFiles(
  store: ArtifactStore,
  manifest: Manifest,
  phase: Phase,
  onProgress: OnProgress,
): Promise<FileState[]> {
  return each(phase, Object.entries(manifest.files), onProgress, async ([path, file]) => ({
    path,
    state: await stateOf(store, releaseKey(manifest.release, path), file),
  }));
}

/** Whether an object has the content of a file. */
export async function stateOf(
  store: ArtifactStore,
  key: string,
  file: Pick<ReleaseFile, "sha256">,
): Promise<FileState["state"]> {
  const stored = await store.head(key);
  if (stored === undefined) return "missing";
  return stored.sha256 === file.sha256 ? "same" : "other";
}

/**
 * Makes sure that every file of a release is in the bucket as it was built.
 *
 * @throws BundleError naming each that is not
 */
export async function verifyFiles(
  store: ArtifactStore,
  manifest: Manifest,
  onProgress: OnProgress,
): Promise<void> {
  const states = await compareFiles(store, manifest, "verify", onProgress);
  const wrong = states.filter(({ state }) => state !== "same");
  if (wrong.length === 0) return;
  const list = wrong.map(
    ({ path, state }) => `${path} (${state === "missing" ? "missing" : "other content"})`,
  );
  throw new BundleError(
    `s3://${store.bucket}: release ${manifest.release} is not complete: ${list.join(", ")}`,
    "publish the release again; the current release is untouched",
  );
}

function parse(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest;
    return manifest.schema_version === 1 ? manifest : undefined;
  } catch {
    return undefined;
  }
}
