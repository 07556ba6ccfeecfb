import { layout } from "../../contracts/layout";

/** Key of the pointer to the release that runs resolve, in the artifacts bucket. */
export const CURRENT = layout.pointers.release.key;

/** Releases, each in a folder named after its content. */
export const RELEASES = `${layout.release.releases.name}/`;

/** MWAA's one mutable folder; below it, the same paths as in a release. */
export const DAGS = `${layout.release.dags.name}/`;

/** Key of a file of a release. */
export function releaseKey(release: string, path: string): string {
  return `${RELEASES}${release}/${path}`;
}
