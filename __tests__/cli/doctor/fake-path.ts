import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of programs, to be the whole PATH: Node and a shell are real, the rest says what it is told to. */
export class FakePath {
  readonly folder = mkdtempSync(join(tmpdir(), "path-"));

  constructor() {
    symlinkSync(process.execPath, join(this.folder, "node"));
    for (const shell of ["bash", "sh"]) symlinkSync("/bin/bash", join(this.folder, shell));
    symlinkSync("/bin/echo", join(this.folder, "echo"));
  }

  /** Makes a program print a text, and end with a code; told to run code (`-c`), it is silent. */
  says(program: string, text: string, code = 0): void {
    const file = join(this.folder, program);
    rmSync(file, { force: true });
    writeFileSync(file, `#!/bin/sh\n[ "$1" = -c ] || echo '${text}'\nexit ${code}\n`);
    chmodSync(file, 0o755);
  }

  remove(program: string): void {
    rmSync(join(this.folder, program));
  }

  /** Everything that the doctor asks for, of a version that will do. */
  sayAll(): void {
    this.says("uv", "uv 0.8.1");
    this.says("java", 'openjdk version "17.0.15" 2025-04-15');
    this.says("terraform", '{"terraform_version": "1.13.1"}');
    this.says("tflint", "TFLint version 0.64.0");
    this.says("initdb", "initdb (PostgreSQL) 16.4");
    this.says("git", "git version 2.45.0");
    this.says("chromium", "Chromium 140.0.1");
  }
}
