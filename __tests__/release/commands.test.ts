import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { FaultProxy } from "./support/fault-proxy";
import { DEV_BUCKET, makeEnvironments, type Outcome, run, start } from "./support/platform";
import { makeRelease } from "./support/releases";
import { makeDirectory } from "./support/repository";
import { type Bucket, S3Server } from "./support/s3-server";

jest.setTimeout(60_000);
const server = new S3Server();
const environments = makeEnvironments();
const dev = ["--environments", environments];

/** The environment's bucket; tests go on where the one before stopped. */
let bucket: Bucket;
beforeAll(async () => {
  bucket = await server.makeBucket(DEV_BUCKET);
});

function publish(bundleDir: string, url = server.url): Promise<Outcome> {
  return run([...dev, "publish", "--env", "dev", "--bundle", bundleDir], url);
}

function rollback(args: readonly string[]): Promise<Outcome> {
  return run([...dev, "rollback", "--env", "dev", ...args], server.url);
}

test("bundle builds this repository's release and says what is in it", async () => {
  const out = join(makeDirectory(), "release");
  const { code, stdout, stderr } = await run(["bundle", "--out", out], server.url);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(
    /^release [0-9a-f]{16} in .*release\nSpark 3\.5\.4 on emr-7\.8\.0, Python 3\.9 or newer; contracts /,
  );
  expect(stdout).toMatch(
    /\ndags\/ +\d+ +[\d.]+ kB\netl\.zip +1 +[\d.]+ kB\nmain\.py +1 +\d+ B\ntotal +\d+ +[\d.]+ kB\n$/,
  );
});

test("bundle refuses to replace a directory that is no release, and says what to do", async () => {
  const out = environments;
  const { code, stderr } = await run(["bundle", "--out", out], server.url);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `✗ ${out} is not empty and holds no manifest.json: it would be replaced as a whole\n  → name another directory with --out, or empty this one\n`,
  });
});

test("publish reports its phases and sums up", async () => {
  const { bundleDir, manifest } = await makeRelease();
  const { code, stdout, stderr } = await publish(bundleDir);
  expect(stderr.trim().split("\n")).toEqual([
    "comparing with S3: 5 of 5",
    "uploading: 5 of 5",
    "verifying: 5 of 5",
    "moving current: 1 of 1",
    "comparing dags/: 3 of 3",
    "mirroring dags/: 3 of 3",
  ]);
  const size = Object.values(manifest.files).reduce((sum, file) => sum + file.size, 0) / 1000;
  const packages = /Airflow's packages: [\d.]+ MB uploaded to airflow\/[0-9a-f]{16}\n$/;
  expect(stdout).toMatch(packages);
  expect({ code, stdout: stdout.replace(packages, "") }).toEqual({
    code: 0,
    stdout: `✓ release ${manifest.release} is current in s3://${DEV_BUCKET}\n  5 files uploaded (${Number(size.toPrecision(3))} kB), 0 there already; dags/: 3 files copied, 0 deleted\n`,
  });
  expect((await publish(bundleDir)).stdout).toBe(
    `✓ release ${manifest.release} is current in s3://${DEV_BUCKET}, as it was\n  0 files uploaded (0 B), 5 there already; dags/ was up to date\n`,
  );
});

test("publish that is killed half-way leaves current as it was; running it again completes it", async () => {
  const before = await bucket.text("etl/current.json");
  const { bundleDir, manifest } = await makeRelease({ "dags/emr.py": "NEW = 2\n" });
  const proxy = await FaultProxy.start(server.url, ({ method, key }) =>
    method === "PUT" && /\/(etl\.zip|main\.py)$/.test(key) ? "hang" : undefined,
  );
  const folder = `etl/releases/${manifest.release}/`;
  const running = start([...dev, "publish", "--env", "dev", "--bundle", bundleDir], proxy.url);
  while (proxy.count(`PUT ${folder}`) < 5 || (await bucket.keys(folder)).length < 3)
    await new Promise((resolve) => setTimeout(resolve, 20));
  running.process.kill("SIGKILL");
  expect((await running.outcome).code).toBeNull();
  await proxy.stop();
  expect(await bucket.keys(folder)).toHaveLength(3);
  expect(await bucket.text("etl/current.json")).toBe(before);
  expect(await bucket.text("dags/emr.py")).not.toBe("NEW = 2\n");
  expect((await publish(bundleDir)).stdout).toMatch(
    /\n {2}2 files uploaded \(.*\), 3 there already; dags\/: 1 file copied, 0 deleted\n$/,
  );
  expect((await bucket.json("etl/current.json")).release).toBe(manifest.release);
});

test("rollback lists the releases, goes back, and says from where", async () => {
  const { release, earlier } = await bucket.json("etl/current.json");
  const [before] = earlier;
  const time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
  const { stdout } = await rollback(["--list"]);
  expect(stdout.split("\n").slice(1, 3)).toEqual([
    expect.stringMatching(`^${release} +${time} +${time} +current$`),
    expect.stringMatching(`^${before.release} +${time} +${time}$`),
  ]);
  expect((await rollback([])).stdout).toBe(
    `✓ release ${before.release} is current in s3://${DEV_BUCKET}; it was ${release}\n  dags/: 1 file copied, 0 deleted\n`,
  );
  expect((await rollback(["--to", release])).stdout).toMatch(new RegExp(`^✓ release ${release} is current`));
});

test("rollback to an unknown release exits with 1 and names what there is", async () => {
  const { release } = await bucket.json("etl/current.json");
  const { code, stderr } = await rollback(["--to", `${release}0`]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `✗ s3://${DEV_BUCKET}: release ${release}0 is unknown\n  → did you mean ${release}?\n`,
  });
});

test("without credentials nothing is sent, and the message says so", async () => {
  const { bundleDir } = await makeRelease();
  const home = { HOME: makeDirectory() };
  const { code, stderr } = await run(
    [...dev, "publish", "--env", "dev", "--bundle", bundleDir],
    server.url,
    home,
  );
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `✗ s3://${DEV_BUCKET}: no AWS credentials were found (open the bucket)\n  → sign in, or set AWS_PROFILE\n`,
  });
});

test("a server that is not there is told with the reason", async () => {
  const { bundleDir } = await makeRelease();
  const { code, stderr } = await publish(bundleDir, "http://127.0.0.1:1");
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `✗ s3://${DEV_BUCKET}: S3 could not be reached (ECONNREFUSED) (open the bucket)\n  → run the same command again: the current release is untouched until a new one is complete\n`,
  });
});

test.each([
  [404, {}, "the bucket does not exist", "apply the lake stack of the environment first"],
  [403, {}, "access is denied", "use a role of the environment's account that may write to this bucket"],
  [
    301,
    { "x-amz-bucket-region": "eu-west-1" },
    "the bucket is in eu-west-1",
    `set region in the environment's .tfvars to that of ${DEV_BUCKET}`,
  ],
])("a bucket that answers %i is refused with a remedy", async (status, headers, message, remedy) => {
  const { bundleDir } = await makeRelease();
  const answering = createServer((_, answer) => answer.writeHead(status, headers).end());
  await new Promise<void>((resolve) => answering.listen(0, "127.0.0.1", resolve));
  const { code, stderr } = await publish(
    bundleDir,
    `http://127.0.0.1:${(answering.address() as AddressInfo).port}`,
  );
  answering.closeAllConnections();
  answering.close();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `✗ s3://${DEV_BUCKET}: ${message} (open the bucket)\n  → ${remedy}\n`,
  });
});

test("an environment that is not there is told with those that are", async () => {
  const { code, stderr } = await run([...dev, "publish", "--env", "prod"], server.url);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: '✗ no environment is called "prod"\n  → there are dev\n',
  });
});
