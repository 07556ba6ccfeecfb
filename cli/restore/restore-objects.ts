import {
  CopyObjectCommand,
  HeadObjectCommand,
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
  const candidates = restorationsTo(moment, await versionsBelow(place, prefix));
  const isNeeded = await Promise.all(candidates.map(async (one) => !(await isRestored(place, one))));
  return candidates.filter((_, index) => isNeeded[index]);
}

/** Whether readers get the content of that moment again, as after an earlier restore. */
async function isRestored(place: RestorePlace, { key, version, latest }: Restoration): Promise<boolean> {
  if (latest === undefined || latest.size !== version.size) return false;
  if (latest.tag === version.tag) return true;
  const [before, now] = [await checksumsOf(place, key, version), await checksumsOf(place, key, latest)];
  return Object.entries(before).some(([kind, checksum]) => now[kind] === checksum);
}

/**
 * The checksums of a version by their kind. S3 computes one for each upload; tags differ wherever KMS encrypts.
 * Source: Amazon S3 User Guide, "Checking object integrity in Amazon S3".
 */
async function checksumsOf(
  { client, bucket, owner }: RestorePlace,
  Key: string,
  { versionId }: ObjectVersion,
): Promise<Record<string, string>> {
  const scope = { Bucket: bucket, Key, VersionId: versionId, ExpectedBucketOwner: owner };
  const found = await client.send(new HeadObjectCommand({ ...scope, ChecksumMode: "ENABLED" }));
  const entries = Object.entries(found).filter(
    (entry): entry is [string, string] =>
      /^Checksum(?:CRC|SHA)/.test(entry[0]) && typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
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
    const markers = (page.DeleteMarkers ?? []).map((one) => ({ ...one, deleted: true, Size: 0, ETag: "" }));
    for (const one of [...markers, ...versions]) {
      const { Key = "", VersionId = "", LastModified = new Date(0), IsLatest, deleted } = one;
      const { Size = 0, ETag = "" } = one;
      found.push({
        key: Key,
        versionId: VersionId,
        modified: LastModified,
        latest: IsLatest === true,
        deleted,
        size: Size,
        tag: ETag,
      });
    }
    [key, versionId] = page.IsTruncated ? [page.NextKeyMarker, page.NextVersionIdMarker] : [];
  } while (key !== undefined);
  return found;
}
