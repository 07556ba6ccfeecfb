import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPlatform } from "./platform-process";

const root = join(__dirname, "..", "..");

describe("the launcher", () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "launcher-"));
    for (const file of ["platform", "package.json"]) cpSync(join(root, file), join(home, file));
    mkdirSync(join(home, "cli"));
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const launch = (): { code: number | null; output: string } => {
    const { status, stdout, stderr } = spawnSync(join(home, "platform"), { encoding: "utf8" });
    return { code: status, output: stdout + stderr };
  };

  const sayOnStart = (text: string): void =>
    writeFileSync(join(home, "cli", "main.ts"), `export const main = (): void => console.log("${text}");\n`);

  test("says how to install the packages when they are missing", () => {
    sayOnStart("started");
    const output = `platform: its packages are not installed in ${home}\n  → run \`make install\`, or \`npm ci\`, there\n`;
    expect(launch()).toEqual({ code: 1, output });
  });

  test("runs what the sources say, after every change of them", () => {
    symlinkSync(join(root, "node_modules"), join(home, "node_modules"));
    sayOnStart("the first");
    expect(launch()).toEqual({ code: 0, output: "the first\n" });
    expect(launch()).toEqual({ code: 0, output: "the first\n" });
    sayOnStart("the other");
    expect(launch()).toEqual({ code: 0, output: "the other\n" });
    sayOnStart("the second");
    expect(launch()).toEqual({ code: 0, output: "the second\n" });
    writeFileSync(join(home, "build", "platform.cjs"), "");
    expect(launch()).toEqual({ code: 0, output: "the second\n" });
  });
});

describe("a checkout that cannot be written to", () => {
  test("costs nothing but the time of bundling", () => {
    const home = mkdtempSync(join(tmpdir(), "launcher-"));
    try {
      for (const file of ["platform", "package.json"]) cpSync(join(root, file), join(home, file));
      symlinkSync(join(root, "node_modules"), join(home, "node_modules"));
      mkdirSync(join(home, "cli"));
      writeFileSync(
        join(home, "cli", "main.ts"),
        'export const main = (): void => console.log("started");\n',
      );
      // Root may write anywhere, but not into a file as if it were a folder.
      writeFileSync(join(home, "build"), "");
      const { status, stdout, stderr } = spawnSync(join(home, "platform"), ["check"], { encoding: "utf8" });
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "started\n", stderr: "" });
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});

describe("the command line", () => {
  test("prints its version", async () => {
    expect(await runPlatform(["--version"])).toEqual({
      code: 0,
      output: expect.stringMatching(/^platform \d+\.\d+\.\d+\n$/),
    });
  });

  test.each(["apply", "bootstrap", "destroy"])(
    "`%s` looks for the environment before it asks for a terminal",
    async (command) => {
      const { code, output } = await runPlatform([command, "--env", "nope"]);
      expect(code).toBe(1);
      expect(output).toBe('✗ no environment is called "nope"\n  → there are dev, prod, staging\n');
    },
  );

  test("lists its commands in the order in which they are used", async () => {
    const { code, output } = await runPlatform(["--help"]);
    expect(code).toBe(0);
    const commands = [...output.slice(output.indexOf("Commands:")).matchAll(/^ {2}([a-z]+) /gm)].map(
      ([, name]) => name,
    );
    const life = [
      "doctor",
      "init",
      "check",
      "environments",
      "contract",
      "synth",
      "review",
      "bootstrap",
      "certificates",
      "plan",
      "apply",
      "destroy",
    ];
    const data = ["bundle", "publish", "rollback", "restore", "events", "run", "stream", "report"];
    const analysts = ["query", "search", "explore"];
    expect(commands).toEqual([...life, ...data, ...analysts, "smtp", "completion", "help"]);
  });

  test("suggests what was meant", async () => {
    const { code, output } = await runPlatform(["aply"]);
    expect(code).toBe(1);
    expect(output).toContain("error: unknown command 'aply'\n(Did you mean apply?)");
  });

  test.each(["plan", "apply", "destroy", "bootstrap", "smtp"])("%s needs an environment", async (command) => {
    const { code, output } = await runPlatform([command]);
    expect(code).toBe(1);
    expect(output).toContain("error: required option '--env <environment>' not specified");
  });

  test.each([
    ["check", "--json"],
    ["completion", "bash"],
  ])("says why %s cannot print", (...args) => {
    const command = '"$0" "$@" > /dev/full';
    const { status, stderr } = spawnSync("sh", ["-c", command, join(root, "platform"), ...args], {
      encoding: "utf8",
    });
    expect(stderr).toBe(
      "✗ the output cannot be written: the disk is full\n  → free some space, or write it elsewhere\n",
    );
    expect(status).toBe(1);
  });

  test("names the environments when there is none of that name", async () => {
    const { code, output } = await runPlatform(["plan", "--env", "qa"]);
    expect(code).toBe(1);
    expect(output).toBe('✗ no environment is called "qa"\n  → there are dev, prod, staging\n');
  });
});
