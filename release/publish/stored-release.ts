import { MANIFEST } from "../assembly/directory";
import { isIntact, type Manifest, type ReleaseFile } from "../assembly/manifest";
import { BundleError } from "../failure";
import { each } from "./each";
import { releaseKey } from "./keys";
import type { OnProgress, Phase } from "./progress";
import { SEAL, sealOf } from "./seal";
import type { ArtifactStore, ListedObject } from "./store";

/** A file of a release, and whether the bucket has it. */
export interface FileState {
  readonly path: string;
  /** `other` is there, with other content or with a checksum nobody computed. */
  readonly state: "same" | "other" | "missing";
  /** Of the object that was compared; undefined when there is none. */
  readonly tag?: string;
}

/** The manifest of a release as the bucket has it. */
export interface StoredManifest {
  readonly manifest: Manifest;
  /** Undefined for a release from before there were seals. */
  readonly seal: string | undefined;
}

/** What is known before looking: the seal of a whole release, or the tags of single objects that were compared. */
export interface Known {
  /** @default none */
  readonly seal?: string | undefined;
  /** By path. @default none */
  readonly tags?: ReadonlyMap<string, string>;
}

/** The manifest of a release in the bucket; undefined when the release is unknown or incomplete. */
export async function readManifest(
  store: ArtifactStore,
  release: string,
): Promise<StoredManifest | undefined> {
  const key = releaseKey(release, MANIFEST);
  const stored = await store.read(key);
  if (stored === undefined) return undefined;
  const manifest = parse(stored.text);
  if (manifest?.release === release && isIntact(manifest)) return { manifest, seal: stored.metadata[SEAL] };
  throw new BundleError(
    `s3://${store.bucket}/${key}: is not the manifest that ${release} is named after`,
    "publish the release again",
  );
}

/**
 * Compares every file of a release with the bucket, by SHA-256. One listing tells which objects are those that were
 * compared before; only the others are asked for their checksum, one by one.
 */
export async function compareFiles(
  store: ArtifactStore,
  manifest: Manifest,
  known: Known,
  report: { readonly phase: Phase; readonly onProgress: OnProgress },
): Promise<FileState[]> {
  const folder = releaseKey(manifest.release, "");
  const files = Object.entries(manifest.files);
  const listed = await store.list(folder);
  const tags = new Map(files.map(([path]) => [path, listed.get(`${folder}${path}`)?.tag ?? ""]));
  const isSealed = known.seal !== undefined && known.seal === sealOf(tags);
  return each(report.phase, files, report.onProgress, async ([path, file]) => {
    const object = listed.get(`${folder}${path}`);
    const isKnown = isSealed || (object !== undefined && known.tags?.get(path) === object.tag);
    if (isKnown) return { path, state: "same", tag: tags.get(path) ?? "" };
    return { path, ...(await stateOf(store, `${folder}${path}`, file, object)) };
  });
}

/**
 * Whether an object has the content of a file.
 *
 * @param listed what S3 said of the object when it listed it
 */
export async function stateOf(
  store: ArtifactStore,
  key: string,
  file: ReleaseFile,
  listed: ListedObject | undefined,
): Promise<Omit<FileState, "path">> {
  if (listed === undefined) return { state: "missing" };
  if (listed.size !== file.size) return { state: "other", tag: listed.tag };
  const stored = await store.head(key);
  if (stored === undefined) return { state: "missing" };
  return { state: stored.sha256 === file.sha256 ? "same" : "other", tag: stored.tag };
}

/**
 * Makes sure that every file of a release is in the bucket as it was built.
 *
 * @returns the tag of each file's object, by path
 * @throws BundleError naming each that is not
 */
export async function verifyFiles(
  store: ArtifactStore,
  manifest: Manifest,
  known: Known,
  onProgress: OnProgress,
): Promise<Map<string, string>> {
  const states = await compareFiles(store, manifest, known, { phase: "verify", onProgress });
  const wrong = states.filter(({ state }) => state !== "same");
  if (wrong.length === 0) return tagsOf(states);
  const list = wrong.map(
    ({ path, state }) => `${path} (${state === "missing" ? "missing" : "other content"})`,
  );
  throw new BundleError(
    `s3://${store.bucket}: release ${manifest.release} is not complete: ${list.join(", ")}`,
    "publish the release again; the current release is untouched",
  );
}

/** Tags by path, of the files that are as they were built. */
export function tagsOf(states: readonly FileState[]): Map<string, string> {
  return new Map(states.filter(({ state }) => state === "same").map(({ path, tag = "" }) => [path, tag]));
}

function parse(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest;
    return manifest.schema_version === 1 ? manifest : undefined;
  } catch {
    return undefined;
  }
}
