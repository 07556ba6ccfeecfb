import {
  CopyObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { type ObjectVersion, type Restoration, restorationsTo } from "./versions";

/** Where the objects are. */
export interface RestorePlace {
  readonly client: S3Client;
  readonly bucket: string;
  /** Account that owns the bucket: another's bucket of this name is refused. */
  readonly owner: string;
}

/** What has to be put back below a prefix; see `restorationsTo`. */
export async function findRestorations(
  place: RestorePlace,
  prefix: string,
  moment: Date,
): Promise<Restoration[]> {
  return restorationsTo(moment, await versionsBelow(place, prefix));
}

/**
 * Puts one version back, by a copy over what is there: the history keeps both, so that this can be undone the same way.
 * Source: Amazon S3 User Guide, "Restoring previous versions".
 */
export async function restore(place: RestorePlace, { key, version }: Restoration): Promise<void> {
  const source = [place.bucket, ...key.split("/")].map(encodeURIComponent).join("/");
  await place.client.send(
    new CopyObjectCommand({
      Bucket: place.bucket,
      Key: key,
      CopySource: `${source}?versionId=${encodeURIComponent(version.versionId)}`,
      ExpectedBucketOwner: place.owner,
      ExpectedSourceBucketOwner: place.owner,
    }),
  );
}

async function versionsBelow(place: RestorePlace, prefix: string): Promise<ObjectVersion[]> {
  const found: ObjectVersion[] = [];
  let [key, versionId]: (string | undefined)[] = [];
  do {
    const page: ListObjectVersionsCommandOutput = await place.client.send(
      new ListObjectVersionsCommand({
        Bucket: place.bucket,
        Prefix: prefix,
        KeyMarker: key,
        VersionIdMarker: versionId,
        ExpectedBucketOwner: place.owner,
      }),
    );
    const versions = (page.Versions ?? []).map((one) => ({ ...one, deleted: false }));
    const markers = (page.DeleteMarkers ?? []).map((one) => ({ ...one, deleted: true }));
    for (const { Key = "", VersionId = "", LastModified = new Date(0), IsLatest, deleted } of [
      ...markers,
      ...versions,
    ]) {
      found.push({
        key: Key,
        versionId: VersionId,
        modified: LastModified,
        latest: IsLatest === true,
        deleted,
      });
    }
    [key, versionId] = page.IsTruncated ? [page.NextKeyMarker, page.NextVersionIdMarker] : [];
  } while (key !== undefined);
  return found;
}
