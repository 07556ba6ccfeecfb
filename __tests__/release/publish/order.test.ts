import { listReleases, type PublishResult, publishRelease, rollback } from "../../../release";
import { FaultProxy } from "../support/fault-proxy";
import { type BuiltRelease, clientAt, makeRelease } from "../support/releases";
import { type Bucket, S3Server } from "../support/s3-server";

jest.setTimeout(60_000);
const server = new S3Server();
const proxies: FaultProxy[] = [];

afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.stop();
});

async function proxyOf(): Promise<FaultProxy> {
  const proxy = await FaultProxy.start(server.url);
  proxies.push(proxy);
  return proxy;
}

function publish({ bundleDir }: BuiltRelease, bucket: Bucket, proxy: FaultProxy): Promise<PublishResult> {
  return publishRelease({ bundleDir, bucket: bucket.name, client: clientAt(proxy.url) });
}

/** The promise and what resolves it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

test("files, manifest, current, nested DAG files, DAGs, deletions: in this order", async () => {
  const bucket = await server.makeBucket();
  const proxy = await proxyOf();
  await publish(await makeRelease({ "dags/old.py": "OLD = 1\n" }), bucket, proxy);
  const changes = { "dags/emr.py": "NEW = 2\n", "dags/shared/steps.py": "STEPS = 4\n", "dags/a/b/c.py": "" };
  const second = await makeRelease(changes);
  proxy.seen.splice(0);
  await publish(second, bucket, proxy);
  const folder = `etl/releases/${second.manifest.release}/`;
  const writes = proxy.seen
    .filter((line) => /^(PUT|DELETE) /.test(line))
    .map((line) => line.replace(folder, "…/"));
  expect(writes.slice(0, 6).sort()).toEqual(
    [
      "…/dags/.airflowignore",
      "…/dags/a/b/c.py",
      "…/dags/emr.py",
      "…/dags/shared/steps.py",
      "…/etl.zip",
      "…/main.py",
    ].map((path) => `PUT ${path}`),
  );
  expect(writes.slice(6, 8)).toEqual(["PUT …/manifest.json", "PUT etl/current.json"]);
  expect(writes.slice(8, 10).sort()).toEqual(["PUT dags/a/b/c.py", "PUT dags/shared/steps.py"]);
  expect(writes.slice(10)).toEqual(["PUT dags/emr.py", "DELETE dags/old.py"]);
});

test("nothing is written before the release was listed, and current moves after it was listed again", async () => {
  const bucket = await server.makeBucket();
  const proxy = await proxyOf();
  await publish(await makeRelease(), bucket, proxy);
  const listed = proxy.seen.flatMap((line, index) => (line === "GET " ? [index] : []));
  const puts = proxy.seen.flatMap((line, index) => (line.startsWith("PUT ") ? [index] : []));
  expect(listed).toHaveLength(3);
  const [before = -1, after = -1] = listed;
  expect(puts.filter((index) => index < before)).toEqual([]);
  expect(puts.filter((index) => index < after)).toHaveLength(5);
  expect(proxy.seen.indexOf("PUT etl/current.json")).toBeGreaterThan(after);
});

test("one listing is enough for a release that was published before", async () => {
  const bucket = await server.makeBucket();
  const proxy = await proxyOf();
  const release = await makeRelease();
  await publish(release, bucket, proxy);
  proxy.seen.splice(0);
  await publish(release, bucket, proxy);
  expect(proxy.seen.filter((line) => /^HEAD etl\//.test(line))).toEqual([]);
  expect(proxy.seen.filter((line) => /^(GET |HEAD )$/.test(line))).toEqual(["HEAD ", "GET ", "GET "]);
  expect(proxy.count("PUT ")).toBe(0);
});

test("a release without a seal, or with another one, is compared file by file, and sealed", async () => {
  const bucket = await server.makeBucket();
  const release = await makeRelease();
  await publish(release, bucket, await proxyOf());
  const manifest = `etl/releases/${release.manifest.release}/manifest.json`;
  await bucket.put(manifest, await bucket.text(manifest));
  const heads: number[] = [];
  for (let time = 0; time < 2; time += 1) {
    const proxy = await proxyOf();
    expect(await publish(release, bucket, proxy)).toMatchObject({ uploaded: 0, skipped: 5 });
    heads.push(proxy.count("HEAD etl/releases/"));
  }
  expect(heads).toEqual([5, 0]);
});

test("every request names the account that must own the bucket", async () => {
  const bucket = await server.makeBucket();
  const proxy = await proxyOf();
  const { bundleDir } = await makeRelease();
  const owner = "111111111111";
  const client = clientAt(proxy.url);
  const store = { client, bucket: bucket.name, owner };
  await publishRelease({ ...store, bundleDir });
  await publishRelease({
    ...store,
    ...(await makeRelease({ "dags/emr.py": "", "dags/.airflowignore": null })),
  });
  await rollback(store);
  await listReleases(store);
  expect(proxy.count("DELETE ")).toBe(1);
  expect([...proxy.owners]).toEqual([owner]);
});

test("two publishers at once: one release is current, dags/ is that one's, and the other is remembered", async () => {
  const bucket = await server.makeBucket();
  const releases = [
    await makeRelease({ "dags/emr.py": "ONE = 1\n" }),
    await makeRelease({ "dags/emr.py": "TWO = 2\n" }),
  ];
  const results = await Promise.all(
    releases.map(async (release) => publish(release, bucket, await proxyOf())),
  );
  expect(results.map(({ activated }) => activated)).toEqual([true, true]);
  const { release, earlier } = await bucket.json("etl/current.json");
  const names = releases.map(({ manifest }) => manifest.release);
  expect([release, ...earlier.map((before: { release: string }) => before.release)].sort()).toEqual(
    names.sort(),
  );
  const winner = releases.find(({ manifest }) => manifest.release === release);
  const digest = Buffer.from(winner?.manifest.files["dags/emr.py"]?.sha256 ?? "", "hex").toString("base64");
  expect(await bucket.sha256("dags/emr.py")).toBe(digest);
});

test.each([
  ["the first publications", false],
  ["later ones", true],
])(
  "a publisher that was overtaken before it moved current goes on top of the other: %s",
  async (_, later) => {
    const bucket = await server.makeBucket();
    const base = await makeRelease();
    if (later) await publish(base, bucket, await proxyOf());
    const [slow, fast] = [
      await makeRelease({ "dags/emr.py": "ONE = 1\n" }),
      await makeRelease({ "dags/emr.py": "TWO = 2\n" }),
    ];
    const { opened, open } = gate();
    const proxy = await proxyOf();
    const waiting = gate();
    proxy.faults = ({ method, key, before }) => {
      if (method !== "PUT" || key !== "etl/current.json" || before > 0) return undefined;
      waiting.open();
      return { after: opened };
    };
    const attempt = publish(slow, bucket, proxy);
    await waiting.opened;
    await publish(fast, bucket, await proxyOf());
    open();
    await attempt;
    expect(proxy.count("PUT etl/current.json")).toBe(2);
    const { release, earlier } = await bucket.json("etl/current.json");
    expect([release, ...earlier.map((before: { release: string }) => before.release)]).toEqual([
      ...[slow.manifest.release, fast.manifest.release],
      ...(later ? [base.manifest.release] : []),
    ]);
    expect(await bucket.text("dags/emr.py")).toBe("ONE = 1\n");
  },
);

test("a publisher that was overtaken while mirroring mirrors again, as current says", async () => {
  const bucket = await server.makeBucket();
  const slow = await makeRelease({ "dags/emr.py": "ONE = 1\n", "dags/one.py": "" });
  const fast = await makeRelease({ "dags/emr.py": "TWO = 2\n" });
  const { opened, open } = gate();
  const waiting = gate();
  const proxy = await proxyOf();
  proxy.faults = ({ method, key, before }) => {
    if (method !== "PUT" || key !== "dags/emr.py" || before > 0) return undefined;
    waiting.open();
    return { after: opened };
  };
  const attempt = publish(slow, bucket, proxy);
  await waiting.opened;
  await publish(fast, bucket, await proxyOf());
  expect(await bucket.text("dags/emr.py")).toBe("TWO = 2\n");
  open();
  await attempt;
  expect((await bucket.json("etl/current.json")).release).toBe(fast.manifest.release);
  expect(await bucket.text("dags/emr.py")).toBe("TWO = 2\n");
  expect(await bucket.keys("dags/")).toEqual(["dags/.airflowignore", "dags/emr.py", "dags/shared/steps.py"]);
});
