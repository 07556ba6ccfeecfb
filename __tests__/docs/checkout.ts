import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./markdown";

/** What lies in a checkout and is no part of it. */
const installed = ["node_modules", ".venv"];

/** How a script ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A copy of the checkout to run commands of guides in; what is installed is not copied. */
export class Checkout {
  private constructor(readonly folder: string) {}

  /** A copy of what git knows, and of what is new and not ignored. */
  static ofRepository(): Checkout {
    const folder = mkdtempSync(join(tmpdir(), "guide-"));
    const options = { cwd: root, encoding: "utf8" } as const;
    const known = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], options);
    for (const file of known.split("\n").filter((name) => name !== "" && existsSync(join(root, name)))) {
      if (!installed.includes(file))
        cpSync(join(root, file), join(folder, file), { preserveTimestamps: true });
    }
    mkdirSync(join(folder, "build"), { recursive: true });
    for (const path of [...installed, "build/tools", "build/jars", "build/vendored"]) {
      if (existsSync(join(root, path))) symlinkSync(join(root, path), join(folder, path));
    }
    return new Checkout(folder);
  }

  /** Another copy, as this one is now: times included, so that nothing is bundled again. */
  copy(): Checkout {
    const folder = mkdtempSync(join(tmpdir(), "guide-"));
    execFileSync("cp", ["-a", `${this.folder}/.`, folder]);
    return new Checkout(folder);
  }

  /** Runs a script to its end, or to its first command that fails. */
  run(script: string): Promise<Ended> {
    const environment: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: "1" };
    delete environment.CDKTF_OUTDIR;
    // Compiling to the last degree takes longer than what guides run on Spark.
    environment.JAVA_TOOL_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
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
