import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments, type Problem } from "../../config";
import { minimalSource } from "./minimal";

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
