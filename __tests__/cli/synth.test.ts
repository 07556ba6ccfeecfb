import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPlatform } from "./platform-process";

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
    for (const gone of ["old-network", "old-lake"]) mkdirSync(join(stacks, gone));
    for (const gone of ["old-network", "old-lake"]) writeFileSync(join(stacks, gone, "cdk.tf.json"), "{}");
    writeFileSync(join(stacks, "old-lake", "terraform.tfstate"), "{}");
    writeFileSync(join(stacks, "dev-lake", "z_platform_including_data_override.tf.json"), "{}");
    const { code, output } = await synth();
    expect(code).toBe(0);
    expect(existsSync(join(stacks, "old-network"))).toBe(false);
    expect(readdirSync(join(stacks, "old-lake"))).toEqual(["terraform.tfstate"]);
    expect(output).toContain(
      `${join(stacks, "old-lake")}: the stack is gone, but its folder holds a Terraform state`,
    );
    expect(readdirSync(join(stacks, "dev-lake"))).toEqual(["cdk.tf.json"]);
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
