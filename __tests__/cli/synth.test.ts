import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPlatform } from "./platform-process";

function writeModule(folder: string, ...files: readonly string[]): void {
  mkdirSync(join(folder, "module"));
  for (const file of files) writeFileSync(join(folder, "module", file), "{}");
}

function writeStack(folder: string, name: string): void {
  mkdirSync(join(folder, "stacks", name), { recursive: true });
  writeFileSync(join(folder, "stacks", name, "cdk.tf.json"), "{}");
}

describe("synth", () => {
  jest.setTimeout(60_000);

  let outdir: string;

  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), "synth-"));
  });

  afterEach(() => rmSync(outdir, { recursive: true, force: true }));

  const synth = (...global: string[]): ReturnType<typeof runPlatform> =>
    runPlatform([...global, "synth", "--out", outdir]);

  /** Content and time of every file. */
  const snapshot = (): Record<string, [string, number]> => {
    const files = readdirSync(outdir, { recursive: true, encoding: "utf8", withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    );
    const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
    return Object.fromEntries(
      paths.map((path) => [path, [readFileSync(path, "utf8"), statSync(path).mtimeMs]]),
    );
  };

  test("writes every stack of every environment and counts their resources", async () => {
    const { code, output } = await synth();
    expect(code).toBe(0);
    const rows = [...output.matchAll(/^(account|dev|prod|staging) +(\S+) +(\d+)$/gm)];
    expect(rows).toHaveLength(32);
    expect(readdirSync(join(outdir, "stacks"))).toHaveLength(32);
    const network = rows.find(([, environment, stack]) => environment === "dev" && stack === "network");
    const { resource } = JSON.parse(
      readFileSync(join(outdir, "stacks", "dev-network", "cdk.tf.json"), "utf8"),
    );
    const count = Object.values<object>(resource).reduce((sum, named) => sum + Object.keys(named).length, 0);
    expect(Number(network?.[3])).toBe(count);
    const dev = rows.filter(([, environment]) => environment === "dev").map(([, , stack]) => stack);
    expect(dev).toEqual([
      "network",
      "access",
      "lake",
      "catalog",
      "events",
      "metadata",
      "processing",
      "orchestration",
      "observability",
      "people",
    ]);
  });

  test("leaves unchanged files alone, Terraform's own files and the user's overrides too", async () => {
    await synth();
    const directory = join(outdir, "stacks", "dev-lake");
    writeFileSync(join(directory, ".terraform.lock.hcl"), "lock");
    writeFileSync(join(directory, "mine_override.tf.json"), "{}");
    const before = snapshot();
    expect((await synth()).code).toBe(0);
    expect(snapshot()).toEqual(before);
  });

  test("removes the folders of stacks that are gone, and what a killed command left, but never a state", async () => {
    await synth();
    const stacks = join(outdir, "stacks");
    const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
    for (const gone of ["old-network", "old-lake"]) {
      manifest.stacks[gone] = { ...manifest.stacks["dev-lake"], name: gone };
      mkdirSync(join(stacks, gone));
    }
    writeFileSync(join(outdir, "manifest.json"), JSON.stringify(manifest));
    mkdirSync(join(stacks, "somebody-s"));
    writeFileSync(join(stacks, "somebody-s", "main.tf"), "");
    for (const gone of ["old-network", "old-lake"]) writeFileSync(join(stacks, gone, "cdk.tf.json"), "{}");
    writeFileSync(join(stacks, "old-lake", "terraform.tfstate"), "{}");
    writeFileSync(join(stacks, "dev-lake", "z_platform_including_data_override.tf.json"), "{}");
    const { code, output } = await synth();
    expect(code).toBe(0);
    expect(existsSync(join(stacks, "old-network"))).toBe(false);
    expect(readdirSync(join(stacks, "old-lake"))).toEqual(["terraform.tfstate"]);
    expect(output).toContain(
      `${join(stacks, "old-lake")}: the stack is gone, but its folder holds terraform.tfstate`,
    );
    expect(readdirSync(join(stacks, "somebody-s"))).toEqual(["main.tf"]);
    expect(readdirSync(join(stacks, "dev-lake"))).toEqual(["cdk.tf.json"]);
  });

  test.each([
    ["files", (folder: string) => writeFileSync(join(folder, "note.txt"), "mine")],
    ["a Terraform module", (folder: string) => writeModule(folder, "main.tf")],
    ["a stack with something of mine", (folder: string) => writeModule(folder, "cdk.tf.json", "mine.tf")],
    ["a repository's sources", (folder: string) => writeModule(folder, "stack.ts")],
  ])("refuses a folder `stacks` that holds %s, and touches nothing", async (_, write) => {
    mkdirSync(join(outdir, "stacks"));
    write(join(outdir, "stacks"));
    const before = snapshot();
    const { code, output } = await synth();
    expect(code).toBe(1);
    expect(output).toContain(`${join(outdir, "stacks")} was not written by a synthesis: it holds `);
    expect(output).toContain("→ choose another folder");
    expect(snapshot()).toEqual(before);
  });

  test("refuses a manifest.json that no synthesis wrote", async () => {
    writeFileSync(join(outdir, "manifest.json"), '{"mine":1}');
    const { code, output } = await synth();
    expect(code).toBe(1);
    expect(output).toContain("manifest.json was not written by a synthesis; nothing was changed");
    expect(readFileSync(join(outdir, "manifest.json"), "utf8")).toBe('{"mine":1}');
  });

  test("leaves the overrides of a command that runs, and removes those of one that has ended", async () => {
    await synth();
    const override = join(outdir, "stacks", "dev-lake", "z_platform_imports.tf.json");
    writeFileSync(override, JSON.stringify({ "//": { pid: process.pid } }));
    await synth();
    expect(existsSync(override)).toBe(true);
    const { pid } = spawnSync("true");
    writeFileSync(override, JSON.stringify({ "//": { pid } }));
    await synth();
    expect(existsSync(override)).toBe(false);
  });

  test("replaces what a killed first synthesis left, but nothing that it did not make", async () => {
    await synth();
    const stacks = join(outdir, "stacks");
    for (const name of ["dev-lake", "prod-lake"]) rmSync(join(stacks, name), { recursive: true });
    mkdirSync(join(stacks, "module"));
    writeFileSync(join(stacks, "module", "cdk.tf.json"), "{}");
    expect((await synth()).code).toBe(0);
    expect(readdirSync(stacks)).toHaveLength(33);
    expect(readFileSync(join(stacks, "module", "cdk.tf.json"), "utf8")).toBe("{}");
  });

  test("names its stacks in the manifest before it writes them", async () => {
    mkdirSync(join(outdir, "stacks"));
    writeFileSync(join(outdir, "stacks", "dev-lake"), "");
    writeFileSync(join(outdir, "manifest.json"), '{"stacks":{"dev-lake":{}}}');
    expect((await synth()).code).toBe(1);
    const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
    expect(Object.keys(stacks)).toHaveLength(32);
  });

  test("refuses the folder of a stack that no synthesis wrote", async () => {
    writeStack(outdir, "dev-network");
    const first = await synth();
    writeFileSync(join(outdir, "manifest.json"), '{"stacks":{"dev-lake":{}}}');
    const second = await synth();
    expect([first.code, second.code]).toEqual([1, 1]);
    expect(first.output).toContain("stacks was not written by a synthesis: it holds dev-network");
    expect(second.output).toContain(
      `${join(outdir, "stacks", "dev-network")} was not written by a synthesis; nothing was changed\n  → `,
    );
    expect(readFileSync(join(outdir, "stacks", "dev-network", "cdk.tf.json"), "utf8")).toBe("{}");
    expect(readdirSync(outdir).sort()).toEqual(["manifest.json", "stacks"]);
  });

  test.each(["stacks", "stacks/dev-lake", "stacks/old-lake"])(
    "refuses a link %s that leads outside",
    async (at) => {
      const outside = mkdtempSync(join(tmpdir(), "outside-"));
      writeStack(outside, "dev-lake");
      writeFileSync(join(outside, "cdk.tf.json"), "{}");
      if (at !== "stacks") mkdirSync(join(outdir, "stacks"));
      symlinkSync(at === "stacks" ? join(outside, "stacks") : outside, join(outdir, at));
      writeFileSync(join(outdir, "manifest.json"), '{"stacks":{"dev-lake":{},"old-lake":{}}}');
      const { code, output } = await synth();
      const left = ["cdk.tf.json", "stacks/dev-lake/cdk.tf.json"].map((file) => join(outside, file));
      expect(left.map((file) => readFileSync(file, "utf8"))).toEqual(["{}", "{}"]);
      rmSync(outside, { recursive: true });
      expect(code).toBe(1);
      expect(output).toContain(`${join(outdir, at)} is a symbolic link to ${outside}`);
    },
  );

  test("refuses an empty --out", async () => {
    const { code, output } = await runPlatform(["synth", "--out", ""]);
    expect(code).toBe(1);
    expect(output).toContain("It must be the path of a folder.");
  });

  test("writes to another file system", async () => {
    const other = mkdtempSync("/dev/shm/synth-");
    try {
      expect(statSync(other).dev).not.toBe(statSync(join(__dirname, "..", "..", "build")).dev);
      expect(await runPlatform(["synth", "--out", join(other, "deep", "out")])).toMatchObject({ code: 0 });
      expect(readdirSync(join(other, "deep", "out", "stacks", "dev-lake"))).toEqual(["cdk.tf.json"]);
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  test.each([
    ["below a file", "/etc/hostname/out", "a file of that name exists"],
    ["where no folder can be made", "/proc/out", "this file system has no folders of one's own"],
  ])("says why a folder %s cannot be written", async (_, folder, reason) => {
    const { code, output } = await runPlatform(["synth", "--out", folder]);
    expect(code).toBe(1);
    expect(output).toContain(`the folder cannot be made: ${reason}\n  → choose another folder`);
  });

  test("writes nothing when an environment is wrong", async () => {
    await synth();
    const before = snapshot();
    const wrong = mkdtempSync(join(tmpdir(), "wrong-"));
    writeFileSync(join(wrong, "dev.tfvars"), "project = 1\n");
    const { code, output } = await synth("--environments", wrong);
    rmSync(wrong, { recursive: true });
    expect(code).toBe(1);
    expect(output).toContain("nothing was written");
    expect(snapshot()).toEqual(before);
  });
});
