import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform } from "../../cli/terraform/executable";

/** What the guide promises of `adopt.tf.json`, on the one provider that Terraform carries itself. */
test("a file of import blocks beside a stack's JSON brings a resource in, and is not needed afterwards", () => {
  const folder = mkdtempSync(join(tmpdir(), "adopt-"));
  const { command, prefix } = findTerraform(">= 1.11.0");
  const terraform = (...args: string[]) => {
    const options = { cwd: folder, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(command, [...prefix, ...args, "-no-color"], options);
    return { status, output: stdout + stderr };
  };
  const write = (file: string, content: object) => writeFileSync(join(folder, file), JSON.stringify(content));
  write("cdk.tf.json", { resource: { terraform_data: { kept: {} } } });
  write("adopt.tf.json", { import: [{ to: "terraform_data.kept", id: "there-already" }] });
  expect(terraform("init", "-input=false")).toMatchObject({ status: 0 });
  const applied = terraform("apply", "-auto-approve", "-input=false");
  expect(applied.output).toContain("Plan: 1 to import, 0 to add, 0 to change, 0 to destroy.");
  rmSync(join(folder, "adopt.tf.json"));
  expect(terraform("plan", "-detailed-exitcode")).toMatchObject({ status: 0 });
  rmSync(folder, { recursive: true });
}, 60_000);
