import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Progress, publishRelease } from "../../../release";
import { clientAt, makeRelease } from "../support/releases";
import { S3Server } from "../support/s3-server";

const server = new S3Server();

test("a release is uploaded, made current, and its DAGs are mirrored", async () => {
  const bucket = await server.makeBucket();
  const { bundleDir, manifest } = await makeRelease();
  const result = await publishRelease({ bundleDir, bucket: bucket.name, client: clientAt(server.url) });
  const paths = Object.keys(manifest.files);
  expect(paths).toHaveLength(5);
  expect(result).toEqual({
    release: manifest.release,
    uploaded: 5,
    skipped: 0,
    bytes: Object.values(manifest.files).reduce((sum, { size }) => sum + size, 0),
    activated: true,
    mirrored: { copied: 3, deleted: 0 },
  });
  const folder = `etl/releases/${manifest.release}`;
  const released = [...paths, "manifest.json"].map((path) => `${folder}/${path}`);
  const mirrored = ["dags/.airflowignore", "dags/emr.py", "dags/shared/steps.py"];
  expect((await bucket.keys()).sort()).toEqual([...released, ...mirrored, "etl/current.json"].sort());
  expect(await bucket.json(`${folder}/manifest.json`)).toEqual(manifest);
});

test("current names the release, its manifest and when it was published", async () => {
  const bucket = await server.makeBucket();
  const { bundleDir, manifest } = await makeRelease();
  await publishRelease({ bundleDir, bucket: bucket.name, client: clientAt(server.url) });
  expect(await bucket.json("etl/current.json")).toEqual({
    schema_version: 1,
    release: manifest.release,
    manifest: `etl/releases/${manifest.release}/manifest.json`,
    published_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    earlier: [],
  });
});

test("every object carries the SHA-256 of its content", async () => {
  const bucket = await server.makeBucket();
  const { bundleDir, manifest } = await makeRelease();
  await publishRelease({ bundleDir, bucket: bucket.name, client: clientAt(server.url) });
  for (const [path, { sha256 }] of Object.entries(manifest.files)) {
    const digest = Buffer.from(sha256, "hex").toString("base64");
    expect(await bucket.sha256(`etl/releases/${manifest.release}/${path}`)).toBe(digest);
    if (path.startsWith("dags/")) expect(await bucket.sha256(path)).toBe(digest);
  }
});

test("publishing again changes nothing: no object is written a second time", async () => {
  const bucket = await server.makeBucket();
  const { bundleDir } = await makeRelease();
  const publish = () => publishRelease({ bundleDir, bucket: bucket.name, client: clientAt(server.url) });
  await publish();
  expect(await publish()).toMatchObject({
    uploaded: 0,
    skipped: 5,
    bytes: 0,
    activated: false,
    mirrored: { copied: 0, deleted: 0 },
  });
  const keys = await bucket.keys();
  expect(keys).toHaveLength(10);
  for (const key of keys) expect([key, await bucket.versions(key)]).toEqual([key, 1]);
});

test("only what is missing is uploaded", async () => {
  const bucket = await server.makeBucket();
  const { bundleDir, manifest } = await makeRelease();
  const publish = () => publishRelease({ bundleDir, bucket: bucket.name, client: clientAt(server.url) });
  await publish();
  await bucket.remove(`etl/releases/${manifest.release}/main.py`);
  await bucket.remove(`etl/releases/${manifest.release}/dags/emr.py`);
  expect(await publish()).toMatchObject({ uploaded: 2, skipped: 3, activated: false });
});

test("the next release leaves the one before alone, and deletes from dags/ what it does not have", async () => {
  const bucket = await server.makeBucket();
  const client = clientAt(server.url);
  const first = await makeRelease({ "dags/old.py": "OLD = 1\n", "dags/shared/gone.py": "" });
  const second = await makeRelease({ "dags/emr.py": "NEW = 2\n", "dags/new.py": "" });
  await publishRelease({ ...first, bucket: bucket.name, client });
  await bucket.put("dags/", "");
  const result = await publishRelease({ ...second, bucket: bucket.name, client });
  expect(result).toMatchObject({ activated: true, mirrored: { copied: 2, deleted: 2 } });
  expect(await bucket.keys("dags/")).toEqual([
    ...["dags/", "dags/.airflowignore", "dags/emr.py", "dags/new.py", "dags/shared/steps.py"],
  ]);
  expect(await bucket.text("dags/emr.py")).toBe("NEW = 2\n");
  expect(await bucket.keys(`etl/releases/${first.manifest.release}/`)).toHaveLength(8);
  const { release, earlier } = await bucket.json("etl/current.json");
  expect(release).toBe(second.manifest.release);
  expect(earlier).toEqual([{ release: first.manifest.release, published_at: expect.any(String) }]);
});

test("an object with other content is detected and put right", async () => {
  const bucket = await server.makeBucket();
  const { bundleDir, manifest } = await makeRelease();
  const publish = () => publishRelease({ bundleDir, bucket: bucket.name, client: clientAt(server.url) });
  await publish();
  const key = `etl/releases/${manifest.release}/main.py`;
  const text = await bucket.text(key);
  await bucket.put(key, text.replace("main", "mean"));
  await bucket.put(`etl/releases/${manifest.release}/manifest.json`, "{}");
  await bucket.put("dags/emr.py", "edited by hand\n");
  expect(await publish()).toMatchObject({ uploaded: 1, skipped: 4, mirrored: { copied: 1, deleted: 0 } });
  expect(await bucket.text(key)).toBe(text);
  expect(await bucket.json(`etl/releases/${manifest.release}/manifest.json`)).toEqual(manifest);
});

test("progress goes through the phases in order, each to its end", async () => {
  const bucket = await server.makeBucket();
  const { bundleDir } = await makeRelease();
  const heard: Progress[] = [];
  const onProgress = (progress: Progress) => heard.push(progress);
  await publishRelease({ bundleDir, bucket: bucket.name, client: clientAt(server.url), onProgress });
  const phases = [...new Set(heard.map(({ phase }) => phase))];
  expect(phases).toEqual(["compare", "upload", "verify", "activate", "inspect", "mirror"]);
  const totals = phases.map((phase) => heard.filter((progress) => progress.phase === phase).at(-1));
  expect(totals.map((last) => `${last?.done}/${last?.total}`)).toEqual([
    "5/5",
    "5/5",
    "5/5",
    "1/1",
    "3/3",
    "3/3",
  ]);
});

test("a release that was changed after it was built is refused before anything is sent", async () => {
  const bucket = await server.makeBucket();
  const { bundleDir } = await makeRelease();
  const publish = () => publishRelease({ bundleDir, bucket: bucket.name, client: clientAt(server.url) });
  writeFileSync(join(bundleDir, "main.py"), "import os\n");
  await expect(publish()).rejects.toMatchObject({
    message: `${bundleDir}: main.py is not what manifest.json says`,
    remedy: "build it again with `platform bundle`",
  });
  writeFileSync(join(bundleDir, "manifest.json"), "{}");
  await expect(publish()).rejects.toThrow(/manifest\.json: is not the manifest of a release, or was edited$/);
  expect(await bucket.keys()).toEqual([]);
});

test("a directory without a manifest is no release", async () => {
  const bundleDir = join(__dirname, "nowhere");
  const publish = publishRelease({ bundleDir, bucket: "b", client: clientAt(server.url) });
  await expect(publish).rejects.toThrow(
    `${join(bundleDir, "manifest.json")} is missing: this is not a release`,
  );
});
