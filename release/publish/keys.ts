/** Where things lie in the artifacts bucket. */

/** The pointer to the release that runs resolve. */
export const CURRENT = "etl/current.json";

/** Releases, each in a folder named after its content. */
export const RELEASES = "etl/releases/";

/** MWAA's one mutable folder; below it, the same paths as in a release. */
export const DAGS = "dags/";

/** Key of a file of a release. */
export function releaseKey(release: string, path: string): string {
  return `${RELEASES}${release}/${path}`;
}
