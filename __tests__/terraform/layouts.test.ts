import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform } from "../../cli/terraform/executable";
import { runTerraform, type TerraformResult } from "../../cli/terraform/process";
import { runPlatform } from "../cli/platform-process";
import { terraformEnvironment } from "./stand-in";

const layouts = join(__dirname, "..", "stacks", "layouts");

/** Networks of another kind than those of the committed environments, under the real Terraform, on local states. */
describe("the other layouts of a network", () => {
  jest.setTimeout(300_000);

  const terraform = findTerraform(">= 1.11.0");
  let home: string;

  const network = (layout: string) => join(home, "stacks", `${layout}-network`);
  const run = (layout: string, ...args: string[]): Promise<TerraformResult> =>
    runTerraform(terraform, { directory: network(layout), args: [...args, "-no-color"] });

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "layouts-"));
    Object.assign(process.env, terraformEnvironment(home));
    const synthesized = await runPlatform(["synth", "--environments", layouts, "--out", home]);
    expect(synthesized).toMatchObject({ code: 0 });
    for (const layout of ["closed", "existing", "older"]) {
      const local = JSON.stringify({ terraform: { backend: { local: {} } } });
      writeFileSync(join(network(layout), "local_override.tf.json"), local);
      expect(await run(layout, "init")).toMatchObject({ code: 0 });
    }
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test.each(["closed", "existing", "older"])("%s is valid for the provider's own schema", async (layout) => {
    expect(await run(layout, "validate")).toMatchObject({
      stdout: "Success! The configuration is valid.\n\n",
    });
  });

  test("a VPC that is not what the configuration says is refused by the plan", async () => {
    // The provider makes up what it reads, so that no VPC is the one that is named.
    const { code, stderr } = await run("existing", "plan", "-input=false");
    expect(code).toBe(1);
    const words = stderr.replace(/\s+/g, " ");
    expect(words).toContain("The main range of vpc-0123456789abcdef0 is not network.vpc_cidr 10.200.0.0/16.");
    expect(words).toContain("vpc-0123456789abcdef0 lacks DNS support or DNS host names");
  });

  test("are written as Terraform formats them", async () => {
    const args = ["fmt", "-check", "-diff", "-no-color"];
    expect(await runTerraform(terraform, { directory: layouts, args })).toMatchObject({
      code: 0,
      stdout: "",
    });
  });
});
