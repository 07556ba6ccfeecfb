import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { loadEnvironments } from "../config";
import { dependencies, devDependencies } from "../package.json";
import { pick, stacksOf } from "./stacks/synthesis";

const root = join(__dirname, "..");

/** The app as it is, with every import of `cdktf`, the provider's own included, led to `cdktn`. */
describe("the library that continues cdktf", () => {
  let outdir: string;
  let inputs: string[];

  beforeAll(async () => {
    const { metafile } = await build({
      entryPoints: [join(root, "main.ts")],
      absWorkingDir: root,
      outfile: join(root, "build", "cdktn", "main.cjs"),
      alias: { cdktf: "cdktn" },
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      external: ["@cdktf/hcl2json"],
      metafile: true,
      logLevel: "error",
    });
    inputs = Object.keys(metafile.inputs);
    outdir = mkdtempSync(join(tmpdir(), "cdktn-"));
    const env = { ...process.env, CDKTF_OUTDIR: outdir, PLATFORM_ENVIRONMENTS: join(root, "environments") };
    execFileSync(process.execPath, [join(root, "build", "cdktn", "main.cjs")], { cwd: root, env });
  });

  afterAll(() => rmSync(outdir, { recursive: true, force: true }));

  test("is all that the bundle holds of the two", () => {
    expect(inputs.filter((file) => file.startsWith("node_modules/cdktn/")).length).toBeGreaterThan(50);
    expect(inputs.filter((file) => file.startsWith("node_modules/cdktf/"))).toEqual([]);
  });

  test("writes the same stacks, but for its version", async () => {
    const expected = stacksOf(await loadEnvironments(join(root, "environments")));
    const stacks = readdirSync(join(outdir, "stacks")).sort();
    expect(stacks).toEqual([...expected.keys()].sort());
    expect(stacks.length).toBeGreaterThan(30);
    for (const stack of stacks) {
      const { "//": about, ...json } = JSON.parse(
        readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8"),
      );
      const { "//": aboutExpected, ...jsonExpected } = pick(expected, stack);
      expect(aboutExpected.metadata.version).toBe(dependencies.cdktf);
      expect(about.metadata).toEqual({ ...aboutExpected.metadata, version: devDependencies.cdktn });
      expect(json).toEqual(jsonExpected);
    }
  });
});
