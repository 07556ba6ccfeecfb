import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Child } from "../../../cli/programs/child";
import { Reaper } from "../../../cli/programs/reaper";
import { eventually, isAlive, nodeProgram, STUBBORN } from "./programs";

describe("a program of a stream", () => {
  let home: string;
  let reaper: Reaper;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "child-"));
    reaper = new Reaper();
  });

  afterEach(() => {
    reaper.close();
    rmSync(home, { recursive: true, force: true });
  });

  test("that ignores the request to end is killed with its children when its grace is over", async () => {
    const lines: string[] = [];
    const child = new Child(nodeProgram(home, "stubborn", STUBBORN, 300), reaper, (line) => lines.push(line));
    await eventually(() => lines.length === 1);
    const pid = Number(lines[0]?.split(" ")[1]);
    expect(isAlive(pid)).toBe(true);
    await child.stop();
    expect(await child.ended).toEqual({ code: null, stopped: true });
    expect(lines).toEqual([`child ${pid}`, "no"]);
    await eventually(() => !isAlive(pid));
  });

  test("that ends by itself takes what it has started with it", async () => {
    const script = `const child = require("node:child_process").spawn("sleep", ["600"], { stdio: "inherit" });
      console.log(child.pid); process.exitCode = 3; child.unref();`;
    const lines: string[] = [];
    const child = new Child(nodeProgram(home, "leaving", script), reaper, (line) => lines.push(line));
    expect(await child.ended).toEqual({ code: 3, stopped: false });
    await eventually(() => !isAlive(Number(lines[0])));
  });

  test("that breaks is explained by its last lines and its log", async () => {
    const program = nodeProgram(
      home,
      "broker",
      `console.log("one"); console.error("two"); process.exitCode = 2;`,
    );
    const child = new Child(program, reaper);
    const failure = child.failure(await child.ended);
    expect(failure.message).toMatch(/^the broker ended with exit code 2:\n(one\ntwo|two\none)$/);
    expect(failure.remedy).toBe(`the whole log: ${program.log}`);
    expect(readFileSync(program.log, "utf8")).toContain("two");
  });

  test("that is a job is explained by the reason that it logs", async () => {
    const script = `console.error(JSON.stringify({ message: "failed", reason: 'topic "a" is not there' })); process.exitCode = 1;`;
    const child = new Child(nodeProgram(home, "job", script), reaper);
    expect(child.failure(await child.ended).message).toBe(
      'the job ended with exit code 1:\ntopic "a" is not there',
    );
  });

  test("whose requests went well shows its warnings, not the requests", async () => {
    const script = `const line = (level, message) => console.error(JSON.stringify({ level, message }));
      console.error("[2026-03-01 00:00:00,000] WARN the disk is slow (kafka.log)");
      line("warning", "brokers are away");
      for (let n = 0; n < 30; n += 1) line("info", "request " + n);
      console.error("[2026-03-01T00:00:00,000][INFO ][o.o.n.Node] started");
      console.error("Traceback (most recent call last):");
      process.kill(process.pid, "SIGKILL");`;
    const child = new Child(nodeProgram(home, "endpoint", script), reaper);
    expect(child.failure(await child.ended).message.split("\n")).toEqual([
      "the endpoint was killed:",
      "[2026-03-01 00:00:00,000] WARN the disk is slow (kafka.log)",
      '{"level":"warning","message":"brokers are away"}',
      "Traceback (most recent call last):",
    ]);
  });

  test("that said nothing but what is ordinary shows its last lines", async () => {
    const script = `for (let n = 0; n < 30; n += 1) console.error(JSON.stringify({ level: "info", n }));
      process.kill(process.pid, "SIGKILL");`;
    const child = new Child(nodeProgram(home, "endpoint", script), reaper);
    const said = child.failure(await child.ended).message.split("\n");
    expect(said).toHaveLength(6);
    expect(said.at(-1)).toBe('{"level":"info","n":29}');
  });

  test("whose log cannot be written ends, and says so", async () => {
    const program = {
      ...nodeProgram(home, "noisy", `setInterval(() => console.log("line"), 10)`),
      log: "/dev/full",
    };
    const child = new Child(program, reaper);
    expect(child.failure(await child.ended)).toMatchObject({
      message: "/dev/full: cannot be written: the disk is full",
    });
  });

  test("that does not exist is a failure", async () => {
    const child = new Child({ ...nodeProgram(home, "nobody", ""), command: join(home, "nobody") }, reaper);
    await expect(child.ended).rejects.toMatchObject({
      message: expect.stringMatching(/^the nobody cannot be started: spawn .*ENOENT$/),
      remedy: "run `make install-it`",
    });
  });
});
