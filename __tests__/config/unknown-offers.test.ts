import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments, type Problem } from "../../config";
import { minimalSource } from "./minimal";

test.each([
  ["mx-central-1", "", ["has no Amazon MWAA in AWS's resource schemas of 2026-10-20"]],
  ["cn-north-1", "", ["has no Client VPN in AWS's resource schemas of 2026-10-20"]],
  ["cn-north-1", "access = { vpn = { enabled = false } }\n", []],
  ["eu-central-1", "", []],
])("a region without a service of the stacks is warned of: %s %s", async (region, extra, messages) => {
  const directory = mkdtempSync(join(tmpdir(), "regions-"));
  const source = minimalSource("dev").replace(/^region *= .*$/m, `region = "${region}"`);
  writeFileSync(join(directory, "dev.tfvars"), source + extra);
  const found: Problem[] = [];
  await loadEnvironments(directory, undefined, (warnings) => found.push(...warnings));
  expect(found.map(({ message }) => message)).toEqual(messages);
  expect(found.map(({ path }) => path)).toEqual(messages.map(() => "region"));
  rmSync(directory, { recursive: true });
});

test("a database class of a family that is newer than the table is warned of", async () => {
  const directory = mkdtempSync(join(tmpdir(), "offers-"));
  const metadata = (name: string) => `metadata = { instance_class = "${name}" }\n`;
  writeFileSync(join(directory, "dev.tfvars"), minimalSource("dev") + metadata("db.m99g.large"));
  const found: Problem[] = [];
  await loadEnvironments(directory, undefined, (warnings) => found.push(...warnings));
  expect(found.map(({ path, message, allowed }) => ({ path, message, allowed }))).toEqual([
    {
      path: "metadata.instance_class",
      message: "is of a family that RDS's answers before 2025-08-18 do not name",
      allowed: "look whether eu-north-1 offers it for PostgreSQL",
    },
  ]);
  writeFileSync(join(directory, "dev.tfvars"), minimalSource("dev") + metadata("db.m6g.large"));
  await loadEnvironments(directory, undefined, (warnings) => found.push(...warnings));
  expect(found).toHaveLength(1);
  rmSync(directory, { recursive: true });
});
