import { canonicalJson } from "../../base/canonical-json";
import { MANIFEST } from "../assembly/directory";
import { BundleError } from "../failure";
import { CURRENT, releaseKey } from "./keys";
import type { ArtifactStore, Tagged } from "./store";

/** `etl/current.json`: the one release that runs resolve, and those that were current before it. */
export interface Current extends Activation {
  readonly schema_version: 1;
  /** Key of the release's manifest. */
  readonly manifest: string;
  /** Newest first. It travels with the pointer, so that the two can never disagree. */
  readonly earlier: readonly Activation[];
}

/** A release that was made current, and when (UTC). */
export interface Activation {
  readonly release: string;
  readonly published_at: string;
}

/** How many earlier activations are remembered; releases themselves are kept. */
const REMEMBERED = 50;

/** Two publishers in one moment are likely, ten are a loop. */
const ATTEMPTS = 10;

/** The pointer; undefined before the first publication. */
export async function readCurrent(store: ArtifactStore): Promise<Current | undefined> {
  return parse(store, await store.read(CURRENT));
}

/**
 * Moves the pointer in one step, on top of whatever it is in that moment.
 *
 * @param next the activations from the new current one on, newest first, given those of now; undefined changes nothing
 * @returns whether the pointer was moved by this call
 */
export async function moveCurrent(
  store: ArtifactStore,
  next: (now: readonly Activation[]) => readonly Activation[] | undefined,
): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const stored = await store.read(CURRENT);
    const activations = next(activationsOf(parse(store, stored)));
    if (activations === undefined) return false;
    const content = Buffer.from(canonicalJson(toCurrent(activations)));
    if (await store.replace(CURRENT, content, stored?.tag)) return true;
    // A retried request may have succeeded before its answer was lost: then it is our own write that is in the way.
    if ((await store.read(CURRENT))?.text === content.toString()) return true;
  }
  throw new BundleError(
    `s3://${store.bucket}/${CURRENT}: others keep moving it`,
    "wait for the other publishers, then run this again",
  );
}

/** The current release and those before it, newest first. */
export function activationsOf(current: Current | undefined): Activation[] {
  if (current === undefined) return [];
  const { release, published_at, earlier } = current;
  return [{ release, published_at }, ...earlier];
}

/** Now, as in `published_at`: UTC, to the second. */
export function timestamp(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

function toCurrent([current, ...earlier]: readonly Activation[]): Current {
  if (current === undefined) throw new RangeError("the pointer names a release");
  const manifest = releaseKey(current.release, MANIFEST);
  return { schema_version: 1, ...current, manifest, earlier: earlier.slice(0, REMEMBERED) };
}

function parse(store: ArtifactStore, stored: Tagged | undefined): Current | undefined {
  if (stored === undefined) return undefined;
  try {
    const current = JSON.parse(stored.text) as Partial<Current>;
    if (current.schema_version === 1 && typeof current.release === "string")
      return { earlier: [], ...current } as Current;
  } catch {
    // Falls through to the one message for everything that is not a pointer.
  }
  throw new BundleError(
    `s3://${store.bucket}/${CURRENT}: is not a pointer to a release`,
    "restore an earlier version of this object, then run this again",
  );
}
