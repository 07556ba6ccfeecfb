import { type ObjectVersion, restorationsTo } from "../../../cli/restore/versions";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 31, 6, minute));

function version(key: string, minute: number, more: Partial<ObjectVersion> = {}): ObjectVersion {
  const content = { size: minute, tag: `"${key}-${minute}"` };
  const kind = { deleted: false, latest: false };
  return { key, versionId: `${key}-${minute}`, modified: at(minute), ...kind, ...content, ...more };
}

test("an overwritten object goes back to the version of the moment", () => {
  const versions = [version("a", 30, { latest: true }), version("a", 20), version("a", 10)];
  expect(restorationsTo(at(25), versions)).toEqual([
    { key: "a", version: versions[1], now: "overwritten", latest: versions[0] },
  ]);
  expect(restorationsTo(at(20), versions)).toEqual([
    { key: "a", version: versions[1], now: "overwritten", latest: versions[0] },
  ]);
  expect(restorationsTo(at(19), versions)).toEqual([
    { key: "a", version: versions[2], now: "overwritten", latest: versions[0] },
  ]);
});

test("a deleted object comes back", () => {
  const versions = [version("a", 30, { latest: true, deleted: true }), version("a", 10)];
  expect(restorationsTo(at(25), versions)).toEqual([{ key: "a", version: versions[1], now: "deleted" }]);
});

test("what is the same, was not there or was deleted then is left alone", () => {
  const same = version("same", 10, { latest: true });
  const later = version("later", 30, { latest: true });
  const gone = [
    version("gone", 5),
    version("gone", 10, { deleted: true }),
    version("gone", 40, { latest: true }),
  ];
  expect(restorationsTo(at(25), [same, later, ...gone])).toEqual([]);
});

test("of two versions of one second the later one counts, which S3 lists first", () => {
  const versions = [
    version("a", 30, { latest: true }),
    version("a", 10, { versionId: "second" }),
    version("a", 10),
  ];
  expect(restorationsTo(at(15), versions).map(({ version: { versionId } }) => versionId)).toEqual(["second"]);
});

test("of a deletion and a version in one second the version counts", () => {
  const versions = [
    version("a", 10, { versionId: "marker", deleted: true }),
    version("a", 30, { latest: true }),
    version("a", 10, { versionId: "kept" }),
  ];
  expect(restorationsTo(at(15), versions).map(({ version: { versionId } }) => versionId)).toEqual(["kept"]);
});

test("objects are put back in the order of their keys", () => {
  const versions = ["b", "a"].flatMap((key) => [version(key, 30, { latest: true }), version(key, 10)]);
  expect(restorationsTo(at(15), versions).map(({ key }) => key)).toEqual(["a", "b"]);
});
