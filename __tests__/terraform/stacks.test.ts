import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pLimit from "p-limit";
import { findTerraform } from "../../cli/terraform/executable";
import { runTerraform, type TerraformResult } from "../../cli/terraform/process";
import { readStackJson } from "../../cli/terraform/stacks";
import { runPlatform } from "../cli/platform-process";
import { terraformEnvironment } from "./stand-in";

const root = join(__dirname, "..", "..");

/** The environment that has every capability there is. */
const everything = join("examples", "everything");

/** Every stack of every environment, as synthesized, under the real Terraform and the real tflint. */
describe("the synthesized stacks", () => {
  jest.setTimeout(300_000);

  let home: string;
  let directories: string[];

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "stacks-"));
    Object.assign(process.env, terraformEnvironment(home));
    const folders = [home, join(home, "everything")];
    const [shipped = "", example = ""] = folders;
    expect(await runPlatform(["synth", "--out", shipped])).toMatchObject({ code: 0 });
    const args = ["synth", "--environments", everything, "--out", example];
    expect(await runPlatform(args)).toMatchObject({ code: 0 });
    directories = folders.flatMap((folder) =>
      readdirSync(join(folder, "stacks")).map((stack) => join(folder, "stacks", stack)),
    );
    // A bootstrap for each of the two accounts, and ten stacks for each of the three environments; then one of each for
    // every capability.
    expect(directories).toHaveLength(32 + 12);
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test("are valid for the provider's own schema", async () => {
    const terraform = findTerraform(readStackJson(directories[0] ?? "").terraform.required_version ?? "");
    const twoAtOnce = pLimit(2);
    const validate = async (directory: string): Promise<TerraformResult> => {
      const prepared = await runTerraform(terraform, {
        directory,
        args: ["init", "-backend=false", "-no-color"],
      });
      if (prepared.code !== 0) return prepared;
      return runTerraform(terraform, { directory, args: ["validate", "-no-color"] });
    };
    // The first one alone fills the shared cache of providers, which Terraform cannot fill from two runs at once.
    const [first = "", ...others] = directories;
    const results = [await validate(first)];
    results.push(...(await Promise.all(others.map((directory) => twoAtOnce(() => validate(directory))))));
    for (const { stdout, stderr } of results) {
      expect(stderr).toBe("");
      expect(stdout).toBe("Success! The configuration is valid.\n\n");
    }
  });

  test("have no finding of tflint", async () => {
    const results = await Promise.all(directories.map(tflint));
    expect(results).toEqual(directories.map(() => ({ code: 0, output: "" })));
  });

  test("would be found by tflint if something were wrong", async () => {
    const broken = join(home, "broken");
    cpSync(join(__dirname, "fixtures", "unpinned"), broken, { recursive: true });
    const { code, output } = await tflint(broken);
    expect(code).toBe(2);
    expect(output).toContain("terraform_required_version");
    expect(output).toContain("terraform_required_providers");
  });

  test.each(["environments", everything])(
    "come from environments that are formatted as Terraform formats them: %s",
    async (folder) => {
      const terraform = findTerraform(">= 1.11.0");
      const args = ["fmt", "-check", "-diff", "-no-color"];
      const directory = join(root, folder);
      expect(await runTerraform(terraform, { directory, args })).toMatchObject({
        code: 0,
        stdout: "",
        stderr: "",
      });
    },
  );
});

/** Runs tflint in a directory; TFLINT says which, else the one on the PATH. */
function tflint(directory: string): Promise<{ code: number | null; output: string }> {
  const command = process.env.TFLINT || "tflint";
  const args = [
    `--chdir=${directory}`,
    `--config=${join(root, ".tflint.hcl")}`,
    "--format=compact",
    "--no-color",
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        output += data;
      });
    }
    child.on("error", () =>
      reject(new Error(`${command} cannot be run: \`make install-test\` builds it, TFLINT names it`)),
    );
    child.on("close", (code) => resolve({ code, output }));
  });
}
