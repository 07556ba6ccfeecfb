import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPlatform } from "../cli/platform-process";
import { pages } from "../docs/markdown";
import { LocalStack, recorded, recordOf } from "./local-stack";
import { terraformEnvironment } from "./stand-in";

/** The file that the guide has its reader write, and the one resource that it imports. */
const adopt = pages()
  .filter(({ file }) => file === "docs/guides/adopt-existing-resources.md")
  .flatMap(({ blocks }) => blocks.map(({ text }) => /<<'EOT'\n(.*?)EOT\n/s.exec(text)?.[1]))
  .find((text) => text !== undefined);
const bucket = "big-data-dev-data-111111111111";
const missing = "Error: Cannot import non-existent remote object";

/**
 * Resources that exist without being in a state, under the real Terraform. The tests follow each other: each starts
 * from what the one before left.
 */
describe("resources that exist already", () => {
  jest.setTimeout(300_000);

  let home: string;
  let world: string;
  let lake: LocalStack;
  /** The id of each resource by its address, as the state had it before it was lost. */
  const ids = new Map<string, string>();

  const plan = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await lake.run("plan", "-input=false", "-detailed-exitcode", ...args);
    if (code === 1) throw new Error(stderr);
    return stdout;
  };
  const loseState = (): void => {
    for (const file of readdirSync(lake.directory))
      if (file.startsWith("terraform.tfstate")) rmSync(join(lake.directory, file));
  };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "import-"));
    world = join(home, "world");
    Object.assign(process.env, terraformEnvironment(home), { STAND_IN_WORLD: world });
    expect(await runPlatform(["synth", "--out", home])).toMatchObject({ code: 0 });
    lake = new LocalStack(join(home, "stacks", "dev-lake"));
    await lake.succeed("init");
    await lake.succeed("apply", "-auto-approve");
  });

  afterAll(() => {
    delete process.env.STAND_IN_WORLD;
    rmSync(home, { recursive: true, force: true });
  });

  test("are recorded, and read again without a difference", async () => {
    const state = JSON.parse(await lake.succeed("show", "-json"));
    for (const { address, mode, values } of state.values.root_module.resources)
      if (mode === "managed") ids.set(address, values.id);
    const count = Object.values(recorded(world)).reduce((sum, each) => sum + each, 0);
    expect(count).toBeGreaterThan(10);
    expect(ids.size).toBe(count);
    expect(await plan()).toContain("No changes.");
  });

  test("are planned again after somebody deleted one, and updated after somebody changed one", async () => {
    const versioning = recordOf(world, "aws_s3_bucket_versioning", bucket);
    rmSync(versioning);
    const record = recordOf(world, "aws_s3_bucket", bucket);
    const attributes = JSON.parse(readFileSync(record, "utf8"));
    writeFileSync(record, JSON.stringify({ ...attributes, force_destroy: !attributes.force_destroy }));
    const drifted = await plan();
    expect(drifted).toMatch(/# aws_s3_bucket_versioning\.\w+ will be created/);
    expect(drifted).toContain("# aws_s3_bucket.data will be updated in-place");
    expect(drifted).toContain("Plan: 1 to add, 1 to change, 0 to destroy.");
    await lake.succeed("apply", "-auto-approve");
    expect(await plan()).toContain("No changes.");
  });

  test("are not created twice under one name", async () => {
    loseState();
    const { code, stderr } = await lake.run("apply", "-auto-approve", "-target=aws_s3_bucket.data");
    expect(code).toBe(1);
    expect(stderr).toContain("Error: resource already exists");
  });

  test("are adopted by the file of the guide, which is not needed afterwards", async () => {
    expect(adopt).toContain(`"id": "${bucket}"`);
    loseState();
    lake.write("adopt", JSON.parse(adopt ?? ""));
    expect(await plan("-target=aws_s3_bucket.data")).toContain(
      "Plan: 1 to import, 0 to add, 0 to change, 0 to destroy.",
    );
    await lake.succeed("apply", "-auto-approve", "-target=aws_s3_bucket.data");
    rmSync(join(lake.directory, "adopt.tf.json"));
    expect(await lake.succeed("state", "list")).toBe("aws_s3_bucket.data\n");
    expect(await plan("-target=aws_s3_bucket.data")).toContain("No changes.");
  });

  test("stay when Terraform forgets them, as the guide says how to undo it", async () => {
    await lake.succeed("state", "rm", "aws_s3_bucket.data");
    expect(recorded(world)).toHaveProperty("aws_s3_bucket");
    expect(await plan("-target=aws_s3_bucket.data")).toContain("# aws_s3_bucket.data will be created");
    await lake.succeed("import", "aws_s3_bucket.data", bucket);
    expect(await plan("-target=aws_s3_bucket.data")).toContain("No changes.");
  });

  test("are refused by an id that does not exist", async () => {
    await lake.succeed("state", "rm", "aws_s3_bucket.data");
    const { code, stderr } = await lake.run("import", "aws_s3_bucket.data", "another-bucket");
    expect(code).toBe(1);
    expect(stderr).toContain(missing);
    lake.write("adopt", { import: [{ to: "aws_s3_bucket.data", id: "another-bucket" }] });
    await expect(plan()).rejects.toThrow(missing);
    rmSync(join(lake.directory, "adopt.tf.json"));
  });

  test("come back by import blocks into a state that was lost, as after its bucket is gone", async () => {
    loseState();
    lake.write("adopt", { import: [...ids].map(([to, id]) => ({ to, id })) });
    expect(await plan()).toContain(`Plan: ${ids.size} to import, 0 to add, 0 to change, 0 to destroy.`);
    await lake.succeed("apply", "-auto-approve");
    rmSync(join(lake.directory, "adopt.tf.json"));
    expect(await plan()).toContain("No changes.");
  });
});
