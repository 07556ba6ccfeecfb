import { byCodeUnit } from "../../base/canonical-json";
import { sha256 } from "../../base/digest";

/** Key of the seal among the metadata of a release's manifest. */
export const SEAL = "seal";

/**
 * The digest of the names and ETags of a release's objects, taken when each had been compared with the manifest by
 * SHA-256. An ETag changes whenever an object is written with other content, so a listing that gives the same seal is a
 * listing of those very objects. With keys of KMS, ETags are no digests of the content: they cannot be computed here,
 * only remembered.
 *
 * Source: Amazon S3 API Reference, "Object", `ETag`.
 *
 * @param tags ETags by path
 */
export function sealOf(tags: ReadonlyMap<string, string>): string {
  const lines = [...tags].sort(([a], [b]) => byCodeUnit(a, b)).map(([path, tag]) => `${tag} ${path}\n`);
  return sha256(lines.join(""));
}
