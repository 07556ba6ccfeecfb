import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../base/digest";
import { MANIFEST } from "../assembly/directory";
import { type Manifest, parseManifest } from "../assembly/manifest";
import { BundleError } from "../failure";

/** A release on this machine. */
export interface LocalRelease {
  readonly manifest: Manifest;
  readonly content: ReadonlyMap<string, Buffer>;
}

/**
 * Reads a release that `buildBundle` made.
 *
 * @throws BundleError when files are missing or are not what the manifest says
 */
export function readLocalRelease(directory: string): LocalRelease {
  const path = join(directory, MANIFEST);
  const remedy = "build it again with `platform bundle`";
  if (!existsSync(path)) throw new BundleError(`${path} is missing: this is not a release`, remedy);
  const manifest = parseManifest(readFileSync(path, "utf8"));
  if (manifest === undefined)
    throw new BundleError(`${path}: is not the manifest of a release, or was edited`, remedy);
  const paths = Object.keys(manifest.files);
  const present = paths.filter((file) => existsSync(join(directory, file)));
  const content = new Map(present.map((file) => [file, readFileSync(join(directory, file))]));
  const wrong = paths.filter((file) => {
    const bytes = content.get(file);
    return bytes === undefined || sha256(bytes) !== manifest.files[file]?.sha256;
  });
  if (wrong.length > 0)
    throw new BundleError(`${directory}: ${wrong.join(", ")} is not what ${MANIFEST} says`, remedy);
  return { manifest, content };
}
