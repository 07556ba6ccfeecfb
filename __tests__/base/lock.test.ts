import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../base/failure";
import { withLock } from "../../base/lock";
import { failureWithin } from "./file-limit";

describe("a lock", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
    file = join(folder, "deep", ".lock");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test("lets one at a time work, and leaves nothing", async () => {
    let working = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      working += 1;
      most = Math.max(most, working);
      await sleep(10);
      working -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => withLock(file, work)));
    expect(most).toBe(1);
    expect(readdirSync(join(folder, "deep"))).toEqual([]);
  });

  test("that the disk has no room for is named, and leaves nothing", () => {
    const said = failureWithin(0, "base/lock.ts", `it.withLock(${JSON.stringify(file)}, async () => {})`);
    expect(said).toBe(`${file}: cannot be written: the file is larger than this process may write`);
    expect(readdirSync(join(folder, "deep"))).toEqual([]);
  });

  test.each(["", "null", "4711", '{"pid":"4711"}'])(
    "that says %j of nobody is not taken",
    async (content) => {
      await withLock(file, async () => undefined);
      writeFileSync(file, content);
      const busy = (holder: unknown): Failure => new Failure(`held by ${holder}`);
      await expect(withLock(file, async () => undefined, busy)).rejects.toThrow("held by undefined");
    },
  );

  test("is released when the work fails", async () => {
    await expect(withLock(file, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(existsSync(file)).toBe(false);
  });

  test("of a process that has ended is taken over, by several at once too", async () => {
    const { pid } = spawnSync("true");
    await withLock(file, async () => undefined);
    writeFileSync(file, JSON.stringify({ host: hostname(), pid }));
    writeFileSync(`${file}.takeover`, JSON.stringify({ host: hostname(), pid }));
    const done = await Promise.all([1, 2, 3].map((value) => withLock(file, async () => value)));
    expect(done).toEqual([1, 2, 3]);
    expect(readdirSync(join(folder, "deep"))).toEqual([]);
  });

  test("whose process's number another one has by now is taken over", async () => {
    const written = await withLock(file, async () => JSON.parse(readFileSync(file, "utf8")));
    writeFileSync(file, JSON.stringify({ ...written, started: `${written.started}0` }));
    const busy = (holder: unknown): Failure => new Failure(`held by ${JSON.stringify(holder)}`);
    await expect(withLock(file, async () => "done", busy)).resolves.toBe("done");
    expect(readdirSync(join(folder, "deep"))).toEqual([]);
  });

  test("of a process that runs is not taken, whether it says when it started or not", async () => {
    const written = await withLock(file, async () => JSON.parse(readFileSync(file, "utf8")));
    const busy = (): Failure => new Failure("held");
    for (const holder of [written, { host: hostname(), pid: process.pid }]) {
      writeFileSync(file, JSON.stringify(holder));
      await expect(withLock(file, async () => undefined, busy)).rejects.toThrow("held");
    }
  });
});
