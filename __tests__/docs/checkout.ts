import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./markdown";

/** How a script ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A copy of the checkout to run commands of a guide in; what is installed is not copied. */
export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), "guide-"));

  constructor() {
    const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
    });
    for (const file of listed.split("\n").filter((name) => name !== "" && existsSync(join(root, name)))) {
      if (file === ".venv" || file === "node_modules") continue;
      cpSync(join(root, file), join(this.folder, file), { preserveTimestamps: true });
    }
    for (const installed of ["node_modules", ".venv"]) {
      symlinkSync(join(root, installed), join(this.folder, installed));
    }
    mkdirSync(join(this.folder, "build"), { recursive: true });
    for (const made of ["tools", "vendored"]) {
      if (existsSync(join(root, "build", made)))
        symlinkSync(join(root, "build", made), join(this.folder, "build", made));
    }
  }

  /** Runs a script to its end, or to its first command that fails. */
  run(script: string): Promise<Ended> {
    const environment: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: "1" };
    delete environment.CDKTF_OUTDIR;
    const child = spawn("bash", ["-euo", "pipefail", "-c", script], { cwd: this.folder, env: environment });
    child.stdin.end();
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        output += data;
      });
    }
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, output }));
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
