import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..");

/** Runs the command of `cdktf.json` as `cdktf synth` does. */
function runApp(environments: string, outdir: string): { status: number; stderr: string } {
  const { app } = JSON.parse(readFileSync(join(root, "cdktf.json"), "utf8"));
  try {
    const env = { ...process.env, CDKTF_OUTDIR: outdir, PLATFORM_ENVIRONMENTS: environments };
    execFileSync("sh", ["-c", app], { cwd: root, env, stdio: "pipe" });
    return { status: 0, stderr: "" };
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: Buffer };
    return { status, stderr: String(stderr) };
  }
}

describe("the app as cdktf runs it", () => {
  let directory: string;
  let outdir: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "app-"));
    outdir = join(directory, "not", "there");
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  test("writes every stack of the committed environments", () => {
    expect(runApp(join(root, "environments"), outdir)).toEqual({ status: 0, stderr: "" });
    const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
    const environments = Object.keys(stacks).filter((name) => name.endsWith("-network"));
    expect(environments.sort()).toEqual(["dev-network", "prod-network", "staging-network"]);
    for (const name of Object.keys(stacks)) {
      expect(existsSync(join(outdir, "stacks", name, "cdk.tf.json"))).toBe(true);
    }
  });

  test("says what is wrong, writes nothing, and fails", () => {
    const { status, stderr } = runApp(join(root, "no-such-directory"), outdir);
    expect(status).toBe(1);
    expect(stderr).toContain("no-such-directory");
    expect(existsSync(join(outdir, "manifest.json"))).toBe(false);
  });

  test("bundles no barrel of the provider", () => {
    runApp(join(root, "environments"), outdir);
    const bundle = readFileSync(join(root, "build", "main.cjs"), "utf8");
    expect(bundle).toContain('require("@cdktf/provider-aws/lib/vpc")');
    expect(bundle).not.toMatch(/require\("@cdktf\/provider-aws"\)/);
  });
});

test("no TypeScript but release/ reads a file below etl/ or dags/", () => {
  const listed = execFileSync("git", ["ls-files", "*.ts"], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n");
  const sources = listed.filter((file) => !/^(__tests__|release|bench)\//.test(file));
  expect(sources.length).toBeGreaterThan(300);
  const reading = sources.filter((file) => {
    const text = readFileSync(join(root, file), "utf8");
    return /\bjoin\((?:places\.root|root|repository), "(?:etl|dags)"/.test(text);
  });
  expect(reading).toEqual([]);
});

test("no module has the name of a JSON file beside it: Node, and so ts-node, would load that one", () => {
  const files = execFileSync("git", ["ls-files", "*.ts", "*.json"], { cwd: root, encoding: "utf8" }).split(
    "\n",
  );
  const modules = files.filter((file) => file.endsWith(".ts")).map((file) => file.slice(0, -".ts".length));
  expect(modules.length).toBeGreaterThan(300);
  expect(modules.filter((name) => files.includes(`${name}.json`))).toEqual([]);
});
