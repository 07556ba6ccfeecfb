import { type PublishResult, publishRelease } from "../../../release";
import { FaultProxy, type Faults } from "../support/fault-proxy";
import { type BuiltRelease, clientAt, makeRelease } from "../support/releases";
import { type Bucket, S3Server } from "../support/s3-server";

jest.setTimeout(60_000);
const server = new S3Server();
const proxies: FaultProxy[] = [];

afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.stop();
});

async function proxyWith(faults: Faults): Promise<FaultProxy> {
  const proxy = await FaultProxy.start(server.url, faults);
  proxies.push(proxy);
  return proxy;
}

function publish({ bundleDir }: BuiltRelease, bucket: Bucket, url: string): Promise<PublishResult> {
  return publishRelease({ bundleDir, bucket: bucket.name, client: clientAt(url) });
}

test("connections that are cut in the middle of an upload are tried again", async () => {
  const bucket = await server.makeBucket();
  const release = await makeRelease();
  const proxy = await proxyWith(({ method, key, before }) =>
    method === "PUT" && key.startsWith("etl/releases/") && before < 2 ? "cut-upload" : undefined,
  );
  expect(await publish(release, bucket, proxy.url)).toMatchObject({ uploaded: 5, activated: true });
  expect(proxy.count("PUT etl/releases/")).toBe(3 * 6);
  expect(await bucket.keys("etl/releases/")).toHaveLength(6);
});

test("S3 that says to slow down is asked again, whatever was asked", async () => {
  const bucket = await server.makeBucket();
  const release = await makeRelease();
  const proxy = await proxyWith(({ before }) => (before === 0 ? "slow-down" : undefined));
  expect(await publish(release, bucket, proxy.url)).toMatchObject({ uploaded: 5, activated: true });
  expect(await bucket.keys("dags/")).toHaveLength(3);
});

test("an answer that is lost after current has moved is not taken for another publisher", async () => {
  const bucket = await server.makeBucket();
  const release = await makeRelease();
  const proxy = await proxyWith(({ method, key, before }) =>
    method === "PUT" && key === "etl/current.json" && before === 0 ? "cut-answer" : undefined,
  );
  expect(await publish(release, bucket, proxy.url)).toMatchObject({ activated: true });
  expect(proxy.count("PUT etl/current.json")).toBe(2);
  expect(await bucket.versions("etl/current.json")).toBe(1);
  expect((await bucket.json("etl/current.json")).earlier).toEqual([]);
});

test("an object that arrives half is read again", async () => {
  const bucket = await server.makeBucket();
  const release = await makeRelease();
  // It is asked for twice: before it is there, and when its DAGs are mirrored.
  const proxy = await proxyWith(({ method, key, before }) =>
    method === "GET" && key.endsWith("manifest.json") && before === 1 ? "cut-body" : undefined,
  );
  expect(await publish(release, bucket, proxy.url)).toMatchObject({ mirrored: { copied: 3, deleted: 0 } });
  expect(proxy.count(`GET etl/releases/${release.manifest.release}/manifest.json`)).toBe(1 + 2);
});

test("an upload that never succeeds leaves the release before current, and the next attempt completes it", async () => {
  const bucket = await server.makeBucket();
  const [first, second] = [await makeRelease(), await makeRelease({ "dags/emr.py": "NEW = 2\n" })];
  await publish(first, bucket, server.url);
  const proxy = await proxyWith(({ method, key }) =>
    method === "PUT" && key.endsWith("/etl.zip") ? "cut-upload" : undefined,
  );
  await expect(publish(second, bucket, proxy.url)).rejects.toMatchObject({
    name: "BundleError",
    message: expect.stringMatching(
      /: S3 could not be reached \(.*\) \(put etl\/releases\/[0-9a-f]{16}\/etl\.zip\)$/,
    ),
    remedy: "run the same command again: the current release is untouched until a new one is complete",
  });
  expect(proxy.count(`PUT etl/releases/${second.manifest.release}/etl.zip`)).toBe(1 + 6);
  expect((await bucket.json("etl/current.json")).release).toBe(first.manifest.release);
  expect(await bucket.keys(`etl/releases/${second.manifest.release}/manifest.json`)).toEqual([]);
  expect(await bucket.text("dags/emr.py")).not.toBe("NEW = 2\n");
  const { uploaded, skipped, activated } = await publish(second, bucket, server.url);
  expect({ uploaded, skipped, activated }).toEqual({ uploaded: 1, skipped: 4, activated: true });
});

test("an object that changes after its upload keeps the release from becoming current", async () => {
  const bucket = await server.makeBucket();
  const release = await makeRelease();
  const folder = `etl/releases/${release.manifest.release}`;
  // The second listing is the one that verifies.
  const proxy = await proxyWith(({ method, key, before }) =>
    method === "GET" && key === "" && before === 1
      ? { after: bucket.put(`${folder}/main.py`, "other\n").then(() => bucket.remove(`${folder}/etl.zip`)) }
      : undefined,
  );
  const attempt = publish(release, bucket, proxy.url);
  await expect(attempt).rejects.toThrow(
    /: release [0-9a-f]{16} is not complete: etl\.zip \(missing\), main\.py \(other content\)$/,
  );
  expect(await bucket.keys("etl/current.json")).toEqual([]);
  expect(await bucket.keys(`${folder}/manifest.json`)).toEqual([]);
});

test("a mirroring that is interrupted is completed by publishing again", async () => {
  const bucket = await server.makeBucket();
  const [first, second] = [
    await makeRelease({ "dags/old.py": "" }),
    await makeRelease({ "dags/emr.py": "NEW = 2\n" }),
  ];
  await publish(first, bucket, server.url);
  const proxy = await proxyWith(({ method, key }) =>
    method === "PUT" && key === "dags/emr.py" ? "cut-answer" : undefined,
  );
  await expect(publish(second, bucket, proxy.url)).rejects.toThrow(
    /: S3 could not be reached \(.*\) \(copy .* to dags\/emr\.py\)$/,
  );
  expect((await bucket.json("etl/current.json")).release).toBe(second.manifest.release);
  expect(await bucket.keys("dags/old.py")).toHaveLength(1);
  expect(await publish(second, bucket, server.url)).toMatchObject({
    activated: false,
    mirrored: { deleted: 1 },
  });
  expect(await bucket.text("dags/emr.py")).toBe("NEW = 2\n");
});
