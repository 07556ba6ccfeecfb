/** One version of an object, or the mark of its deletion, as S3 lists them. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly modified: Date;
  readonly deleted: boolean;
  /** The one that readers get. */
  readonly latest: boolean;
  /** In bytes; 0 for the mark of a deletion. */
  readonly size: number;
  /** S3's name of the content; not comparable between objects that KMS encrypts. */
  readonly tag: string;
}

/** What becomes of one object. */
export interface Restoration {
  readonly key: string;
  /** The version to put back. */
  readonly version: ObjectVersion;
  /** What readers get now. */
  readonly now: "deleted" | "overwritten";
  /** The version that readers get now, unless the object is deleted. */
  readonly latest?: ObjectVersion;
}

/**
 * What has to be put back so that objects are what they were at a moment. An object that was not there yet is left
 * alone: nothing is deleted.
 *
 * @param versions all versions of the objects, in any order
 */
export function restorationsTo(moment: Date, versions: readonly ObjectVersion[]): Restoration[] {
  const byKey = new Map<string, ObjectVersion[]>();
  for (const version of versions) byKey.set(version.key, [...(byKey.get(version.key) ?? []), version]);
  return [...byKey].sort().flatMap(([key, all]) => {
    const before = all.filter(({ modified }) => modified.getTime() <= moment.getTime());
    const version = before.length > 0 ? before.reduce(later) : undefined;
    if (version === undefined || version.deleted || version.latest) return [];
    const latest = all.find((one) => one.latest && !one.deleted);
    return [
      latest === undefined ? { key, version, now: "deleted" } : { key, version, now: "overwritten", latest },
    ];
  });
}

/**
 * S3 keeps times in whole seconds. Of two versions in one second the first listed is the later one; of a version and
 * the mark of a deletion, which S3 lists apart, nobody can tell: the version counts, since bringing back too much
 * loses nothing.
 */
function later(newest: ObjectVersion, one: ObjectVersion): ObjectVersion {
  const seconds = one.modified.getTime() - newest.modified.getTime();
  if (seconds !== 0) return seconds > 0 ? one : newest;
  return newest.deleted && !one.deleted ? one : newest;
}
