import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { endsInOrder, eventually, isAlive } from "./programs";

const root = join(__dirname, "..", "..", "..");

/** A command that starts three programs in a session and waits; signals meet it as they meet `platform stream`. */
const SCRIPT = `
import { Session } from "${join(root, "cli/programs/session")}";
const [home, scripts] = [process.argv[2], JSON.parse(process.argv[3])];
const session = new Session(home, () => console.log("stopping"));
const program = (name, script) =>
  ({ name, command: process.execPath, args: ["-e", script], log: home + "/" + name + ".log", grace: 5000 });
async function main() {
  try {
    for (const [name, script] of Object.entries(scripts)) session.start(program(name, script));
    console.log("started");
    await session.wait(new Promise(() => setInterval(() => undefined, 1000)));
  } catch (error) {
    console.log(error.message);
    process.exitCode = error.exitCode;
  } finally {
    await session.stop();
    process.exit();
  }
}
main();
`;

describe("the programs of a stream", () => {
  let home: string;
  let command: ChildProcess;
  let output: string;
  let ended: Promise<number | null>;

  const start = (scripts: Record<string, string>): void => {
    const [source, bundle] = [join(home, "command.ts"), join(home, "command.cjs")];
    writeFileSync(source, SCRIPT);
    const external = ["commander"];
    buildSync({
      entryPoints: [source],
      outfile: bundle,
      bundle: true,
      platform: "node",
      external,
      absWorkingDir: root,
    });
    writeFileSync(join(home, "package.json"), "{}");
    command = spawn(process.execPath, [bundle, home, JSON.stringify(scripts)], { cwd: root });
    output = "";
    command.stdout?.on("data", (data) => {
      output += data;
    });
    command.stderr?.on("data", (data) => {
      output += data;
    });
    ended = new Promise((resolve) => command.on("close", resolve));
  };
  const order = () => join(home, "order");
  const three = () =>
    Object.fromEntries(["broker", "job", "traffic"].map((name) => [name, endsInOrder(name, order())]));
  const isUp = (name: string) =>
    existsSync(join(home, `${name}.log`)) && readFileSync(join(home, `${name}.log`), "utf8").includes("up");
  const allUp = () => eventually(() => ["broker", "job", "traffic"].every(isUp));

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "session-"));
  });

  afterEach(() => {
    command.kill("SIGKILL");
    rmSync(home, { recursive: true, force: true });
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "end in order on %s, the first one last",
    async (signal) => {
      start(three());
      await allUp();
      command.kill(signal);
      expect(await ended).toBe(130);
      expect(readFileSync(order(), "utf8")).toBe("traffic job broker ");
      expect(output).toBe(
        "started\nstopping\ninterrupted: what was acknowledged is kept, and the next start goes on where this one ended\n",
      );
    },
  );

  test("end at once on a second Ctrl-C", async () => {
    start({
      broker: `process.on("SIGTERM", () => undefined); console.log("up"); setInterval(() => undefined, 1000);`,
    });
    await eventually(() => isUp("broker"));
    command.kill("SIGINT");
    await eventually(() => output.includes("stopping"));
    const began = Date.now();
    command.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(Date.now() - began).toBeLessThan(4_000);
  });

  test("all end when one breaks, with its last lines", async () => {
    const breaks = `setTimeout(() => { console.log("no space left"); process.exit(4); }, 500);`;
    start({ broker: endsInOrder("broker", order()), job: breaks });
    expect(await ended).toBe(1);
    expect(output).toBe("started\nthe job ended with exit code 4:\nno space left\n");
    expect(readFileSync(order(), "utf8")).toBe("broker ");
  });

  test("end when the command is killed", async () => {
    const tells = `console.log("up " + process.pid);`;
    start({ broker: tells + endsInOrder("broker", order()), job: tells + endsInOrder("job", order()) });
    await eventually(() => isUp("broker") && isUp("job"));
    const pids = ["broker", "job"].map((name) =>
      Number(/up (\d+)/.exec(readFileSync(join(home, `${name}.log`), "utf8"))?.[1]),
    );
    expect(pids.map(isAlive)).toEqual([true, true]);
    command.kill("SIGKILL");
    await eventually(() => !pids.some(isAlive));
    expect(readFileSync(order(), "utf8").split(" ").sort().join(" ")).toBe(" broker job");
  });
});
