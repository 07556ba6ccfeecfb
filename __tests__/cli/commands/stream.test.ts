import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { runPlatform } from "../platform-process";

/** What the command says before it starts anything; tests/services/stream runs it whole. */
describe("stream", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stream-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...options: string[]) => runPlatform(["stream", "--folder", folder, ...options]);

  test.each([
    [["--day", "2026-03-01"], /option '--day <date>' needs option '--verify'/],
    [["--verify", "--close", "2026-03-01"], /'--verify' cannot be used with option '--close <date>'/],
    [["--close", "tomorrow"], /a day of the calendar, written YYYY-MM-DD/],
    [
      ["--close", "9999-12-31"],
      /9999-12-31 cannot be closed: it is still to come.*\n {2}→ name a day up to /,
    ],
    [["--port", "65535"], /a port from 1 to 65534/],
    [["--rate", "-1"], /a whole number from 0/],
  ])("refuses %p", async (options, message) => {
    const { code, output } = await run(...options);
    expect(code).toBe(1);
    expect(output).toMatch(message);
  });

  test.each([[["--close", "2026-03-01"]], [[]]])(
    "%p is refused while a stream runs in the folder",
    async (options) => {
      writeFileSync(join(folder, "pid"), JSON.stringify({ host: hostname(), pid: process.pid }));
      const { code, output } = await run(...options);
      expect(code).toBe(1);
      expect(output).toContain(`a stream is running in ${folder}: process ${process.pid}`);
    },
  );

  test("has nothing to verify before a day is closed", async () => {
    const { code, output } = await run("--verify");
    expect(code).toBe(1);
    expect(output).toMatch(/no day is closed in .*stream --close <day>/s);
  });
});
