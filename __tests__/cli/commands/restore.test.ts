import { setTimeout as sleep } from "node:timers/promises";
import { type Bucket, S3Server } from "../../release/support/s3-server";
import { type Ended, runPlatform } from "../platform-process";

/** The drill for the lake: the pointer that names all tables is overwritten or deleted, and comes back. */
describe("restore", () => {
  jest.setTimeout(60_000);

  const server = new S3Server();
  const name = "big-data-dev-data-111111111111";
  const pointer = "published/current.json";
  let data: Bucket;
  let good: string;

  const restore = (...args: string[]): Promise<Ended> =>
    runPlatform(["restore", ...args], { AWS_ENDPOINT_URL: server.url, AWS_REGION: "eu-north-1" });

  beforeAll(async () => {
    data = await server.makeBucket(name);
  });

  beforeEach(async () => {
    await data.put(pointer, '{"run_id":"good"}');
    // S3 counts in seconds: the moment lies between the good version and the bad one.
    await sleep(1100);
    good = `${new Date().toISOString().slice(0, 19)}Z`;
    await sleep(1100);
  });

  test("brings back an overwritten pointer, and keeps what was written over it", async () => {
    await data.put(pointer, '{"run_id":"bad"}');
    const before = await data.versions(pointer);
    const { code, output } = await restore(pointer, "--env", "dev", "--at", good, "--yes");
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/^published\/current\.json +overwritten +\d{4}-/m);
    expect(await data.json(pointer)).toEqual({ run_id: "good" });
    expect(await data.versions(pointer)).toBe(before + 1);
  });

  test("brings back a deleted pointer", async () => {
    await data.remove(pointer);
    const { code, output } = await restore("published/", "--env", "dev", "--at", good, "--yes");
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/^published\/current\.json +deleted +\d{4}-/m);
    expect(await data.json(pointer)).toEqual({ run_id: "good" });
  });

  test("only says what it would do when asked, or when nobody says yes", async () => {
    await data.put(pointer, '{"run_id":"bad"}');
    const listed = await restore(pointer, "--env", "dev", "--at", good, "--list");
    expect(listed.code).toBe(0);
    expect(listed.output).toContain("overwritten");
    expect((await restore(pointer, "--env", "dev", "--at", good)).code).toBe(1);
    expect(await data.json(pointer)).toEqual({ run_id: "bad" });
  });

  test("does nothing a second time, and its list says so", async () => {
    await data.put(pointer, '{"run_id":"bad!"}');
    expect((await restore(pointer, "--env", "dev", "--at", good, "--yes")).output).toContain("1 put back");
    const versions = await data.versions(pointer);
    for (const option of ["--yes", "--list"]) {
      const again = await restore(pointer, "--env", "dev", "--at", good, option);
      expect(again.output).toContain("nothing to put back");
    }
    expect(await data.versions(pointer)).toBe(versions);
  });

  test("lists as JSON for scripts", async () => {
    await data.put(pointer, '{"run_id":"bad"}');
    const { code, output } = await restore(pointer, "--env", "dev", "--at", good, "--list", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      bucket: name,
      prefix: pointer,
      objects: [{ key: pointer, now: "overwritten" }],
    });
    const refused = await restore(pointer, "--env", "dev", "--at", good, "--yes", "--json");
    expect(refused.output).toContain("✗ --json is for --list");
  });

  test("refuses a moment that has not come", async () => {
    const { code, output } = await restore(pointer, "--env", "dev", "--at", "2099-01-01T00:00:00Z", "--list");
    expect(code).toBe(1);
    expect(output).toContain("It must not be in the future.");
  });

  test("names the whole bucket when no prefix is given", async () => {
    await data.put(pointer, '{"run_id":"bad"}');
    const { output } = await restore("", "--env", "dev", "--at", "2020-01-01T00:00:00Z", "--list");
    expect(output).toContain(`the whole bucket s3://${name}`);
  });

  test("says so when there is nothing to put back", async () => {
    const { code, output } = await restore(pointer, "--env", "dev", "--at", good, "--yes");
    expect(code).toBe(0);
    expect(output).toContain(`s3://${name}/${pointer}: nothing to put back`);
  });

  test.each([
    "yesterday",
    "2026-01-31",
    "2026-01-31T06:00:00",
    "2026-02-29T06:00:00Z",
    "2026-02-28T24:00:00Z",
  ])("refuses the moment %s", async (moment) => {
    const { code, output } = await restore(pointer, "--env", "dev", "--at", moment);
    expect(code).toBe(1);
    expect(output).toContain("It must be a moment in UTC, written YYYY-MM-DDTHH:MM:SSZ.");
  });
});
