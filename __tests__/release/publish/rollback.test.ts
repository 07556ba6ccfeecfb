import { BundleError, listReleases, publishRelease, rollback } from "../../../release";
import { type BuiltRelease, clientAt, makeRelease } from "../support/releases";
import { type Bucket, S3Server } from "../support/s3-server";

jest.setTimeout(60_000);
const server = new S3Server();

/** Publishes releases that differ in one DAG, one after the other. */
async function publishAll(bucket: Bucket, names: readonly string[]): Promise<BuiltRelease[]> {
  const releases: BuiltRelease[] = [];
  for (const name of names) {
    const release = await makeRelease({ "dags/emr.py": `NAME = "${name}"\n`, [`dags/${name}.py`]: "" });
    await publishRelease({ ...release, ...at(bucket) });
    releases.push(release);
  }
  return releases;
}

function at(bucket: Bucket) {
  return { bucket: bucket.name, client: clientAt(server.url) };
}

/** Names of the DAG files, and of the releases from the current one back. */
async function state(bucket: Bucket): Promise<{ dags: string[]; releases: string[] }> {
  const { release, earlier } = await bucket.json("etl/current.json");
  const dags = (await bucket.keys("dags/")).filter((key) => /^dags\/[a-z]\.py$/.test(key));
  return { dags, releases: [release, ...earlier.map((before: { release: string }) => before.release)] };
}

test("rolling back makes the release before current, with its DAGs", async () => {
  const bucket = await server.makeBucket();
  const [a, b] = (await publishAll(bucket, ["a", "b"])).map(({ manifest }) => manifest.release);
  expect(await rollback(at(bucket))).toEqual({
    release: a,
    from: b,
    activated: true,
    mirrored: { copied: 2, deleted: 1 },
  });
  expect(await state(bucket)).toEqual({ dags: ["dags/a.py"], releases: [a] });
  expect(await bucket.text("dags/emr.py")).toBe('NAME = "a"\n');
});

test("rolling back twice goes back two releases, and then there is none before", async () => {
  const bucket = await server.makeBucket();
  const [a, b] = (await publishAll(bucket, ["a", "b", "c"])).map(({ manifest }) => manifest.release);
  expect(await rollback(at(bucket))).toMatchObject({ release: b });
  expect(await rollback(at(bucket))).toMatchObject({ release: a, from: b });
  await expect(rollback(at(bucket))).rejects.toMatchObject({
    message: `s3://${bucket.name}: ${a} is the first release, there is none before it`,
    remedy: "name one with --to",
  });
});

test("a release that was published twice is stepped over once", async () => {
  const bucket = await server.makeBucket();
  const [a, b] = await publishAll(bucket, ["a", "b"]);
  await publishRelease({ ...(a as BuiltRelease), ...at(bucket) });
  expect(await rollback(at(bucket))).toMatchObject({ release: b?.manifest.release });
  expect(await rollback(at(bucket))).toMatchObject({ release: a?.manifest.release });
});

test("a named release is found behind others, and one that was rolled back can be named again", async () => {
  const bucket = await server.makeBucket();
  const [a, b, c] = (await publishAll(bucket, ["a", "b", "c"])).map(
    ({ manifest }) => manifest.release,
  ) as string[];
  expect(await rollback({ ...at(bucket), release: a as string })).toMatchObject({ release: a, from: c });
  expect(await state(bucket)).toEqual({ dags: ["dags/a.py"], releases: [a] });
  expect(await rollback({ ...at(bucket), release: c as string })).toMatchObject({ release: c, from: a });
  expect(await state(bucket)).toEqual({ dags: ["dags/c.py"], releases: [c, a] });
  expect(await bucket.keys(`etl/releases/${b}/`)).toHaveLength(7);
});

test("rolling back to the current release only repairs dags/", async () => {
  const bucket = await server.makeBucket();
  const [a] = (await publishAll(bucket, ["a"])).map(({ manifest }) => manifest.release);
  await bucket.remove("dags/a.py");
  expect(await rollback({ ...at(bucket), release: a as string })).toMatchObject({
    activated: false,
    mirrored: { copied: 1, deleted: 0 },
  });
  expect(await bucket.versions("etl/current.json")).toBe(1);
});

test("a release that is not whole any more is not rolled back to", async () => {
  const bucket = await server.makeBucket();
  const [a, b] = (await publishAll(bucket, ["a", "b"])).map(({ manifest }) => manifest.release);
  await bucket.remove(`etl/releases/${a}/etl.zip`);
  await bucket.put(`etl/releases/${a}/main.py`, "other\n");
  await expect(rollback(at(bucket))).rejects.toThrow(
    new BundleError(
      `s3://${bucket.name}: release ${a} is not complete: etl.zip (missing), main.py (other content)`,
    ),
  );
  expect((await state(bucket)).releases).toEqual([b, a]);
});

test("a manifest that was edited is not believed", async () => {
  const bucket = await server.makeBucket();
  const [a] = (await publishAll(bucket, ["a", "b"])).map(({ manifest }) => manifest.release);
  const key = `etl/releases/${a}/manifest.json`;
  await bucket.put(key, JSON.stringify({ ...(await bucket.json(key)), files: {} }));
  await expect(rollback(at(bucket))).rejects.toThrow(
    `s3://${bucket.name}/${key}: is not the manifest that ${a} is named after`,
  );
});

test("an unknown release is answered with the one that was meant, or with all there are", async () => {
  const bucket = await server.makeBucket();
  const [a] = (await publishAll(bucket, ["a"])).map(({ manifest }) => manifest.release) as [string];
  const near = `${a.slice(0, 15)}${a.endsWith("0") ? "1" : "0"}`;
  await expect(rollback({ ...at(bucket), release: near })).rejects.toMatchObject({
    message: `s3://${bucket.name}: release ${near} is unknown`,
    remedy: `did you mean ${a}?`,
  });
  await expect(rollback({ ...at(bucket), release: "v1" })).rejects.toMatchObject({
    remedy: `use one of ${a}`,
  });
});

test("a release whose publication was interrupted is listed as incomplete and cannot be used", async () => {
  const bucket = await server.makeBucket();
  const [a] = (await publishAll(bucket, ["a"])).map(({ manifest }) => manifest.release) as [string];
  await bucket.put("etl/releases/0123456789abcdef/main.py", "half\n");
  const listed = await listReleases(at(bucket));
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(listed).toEqual([
    { release: a, completed_at: time, current: true, published_at: time },
    { release: "0123456789abcdef", completed_at: undefined, current: false, published_at: undefined },
  ]);
  await expect(rollback({ ...at(bucket), release: "0123456789abcdef" })).rejects.toThrow(
    "release 0123456789abcdef is incomplete: its publication was interrupted",
  );
});

test("before the first publication there is nothing to roll back, and nothing to list", async () => {
  const bucket = await server.makeBucket();
  await expect(rollback(at(bucket))).rejects.toThrow(`s3://${bucket.name}: nothing was published yet`);
  expect(await listReleases(at(bucket))).toEqual([]);
});

test.each(["{", "[]", '{"schema_version": 2, "release": "a"}'])(
  "a pointer that is %s is told, not overwritten",
  async (text) => {
    const bucket = await server.makeBucket();
    await bucket.put("etl/current.json", text);
    const message = `s3://${bucket.name}/etl/current.json: is not a pointer to a release`;
    await expect(rollback(at(bucket))).rejects.toThrow(message);
    await expect(publishRelease({ ...(await makeRelease()), ...at(bucket) })).rejects.toThrow(message);
    expect(await bucket.text("etl/current.json")).toBe(text);
  },
);
