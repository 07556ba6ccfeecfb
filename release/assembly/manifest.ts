import { canonicalJson } from "../../base/canonical-json";
import { sha256 } from "../../base/digest";

/** What a release says about itself: `manifest.json`. */
export interface Manifest extends Runtime, EntryPoints {
  readonly schema_version: 1;
  /** First 16 hexadecimal digits of the SHA-256 of everything else in the manifest, the files' hashes included. */
  readonly release: string;
  /** The pairs of `etl/spark-defaults.conf`, which every place that runs a step passes as `--conf`. */
  readonly spark_conf: Readonly<Record<string, string>>;
  /** Versions of the data contracts compiled in. */
  readonly contracts: Readonly<Record<string, { readonly version: string }>>;
  /** Every file of the release but the manifest itself, by path. */
  readonly files: Readonly<Record<string, ReleaseFile>>;
}

/** What the release is built for and tested with. */
export interface Runtime {
  readonly emr_release: string;
  /** The oldest Python the release runs on. */
  readonly python_version: string;
  readonly spark_version: string;
}

/** How the steps are started: `spark-submit --py-files <py_files> <entry_point> <step>`. */
export interface EntryPoints {
  readonly entry_point: string;
  readonly py_files: readonly string[];
  /** In the order in which they run. */
  readonly steps: readonly string[];
}

export interface ReleaseFile {
  /** In hexadecimal. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

/** The manifest with its own name: same content, same release. */
export function nameRelease(content: Omit<Manifest, "release">): Manifest {
  return { ...content, release: sha256(canonicalJson(content)).slice(0, 16) };
}

/** Whether the name of the release is the one its content has. */
export function isIntact({ release, ...content }: Manifest): boolean {
  return nameRelease(content).release === release;
}

/** The manifest of a release; undefined when the text is something else, or was edited. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest;
    return manifest.schema_version === 1 && isIntact(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}
