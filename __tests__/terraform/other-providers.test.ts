import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalStack } from "./local-stack";
import { deriveProvider } from "./schema/provider";
import { writeMirror } from "./schema/write";
import { standIn, terraformEnvironment } from "./stand-in";

/** The stand-in serves any package of CDKTF's bindings: here one that no stack uses. */
describe("the provider of another package", () => {
  jest.setTimeout(300_000);

  let home: string;
  let stack: LocalStack;

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "other-provider-"));
    Object.assign(process.env, terraformEnvironment(home));
    const schema = deriveProvider("@cdktf/provider-null");
    expect(Object.keys(schema.resources)).toEqual(["null_resource"]);
    expect(Object.keys(schema.data_sources)).toEqual(["null_data_source"]);
    process.env.TF_CLI_CONFIG_FILE = writeMirror([schema], standIn, home);
    const configuration = {
      terraform: { required_providers: { null: { source: "hashicorp/null", version: schema.version } } },
      resource: { null_resource: { once: { triggers: { version: "1" } } } },
      data: { null_data_source: { values: { inputs: { a: "b" } } } },
    };
    writeFileSync(join(home, "main.tf.json"), JSON.stringify(configuration));
    stack = new LocalStack(home);
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test("is installed, validated and applied", async () => {
    await stack.succeed("init");
    await stack.succeed("validate");
    await stack.succeed("apply", "-auto-approve");
    expect((await stack.succeed("state", "list")).split("\n")).toEqual([
      "data.null_data_source.values",
      "null_resource.once",
      "",
    ]);
    expect((await stack.run("plan", "-detailed-exitcode")).code).toBe(0);
  });

  test("is the only one there: no registry is asked for the others", async () => {
    stack.write("other", { resource: { random_id: { id: { byte_length: 8 } } } });
    const { code, stderr } = await stack.run("init");
    expect(code).toBe(1);
    expect(stderr.replace(/\s+/g, " ")).toContain(
      "provider registry.terraform.io/hashicorp/random was not found in any of the search locations",
    );
  });
});
