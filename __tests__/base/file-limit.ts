import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

const root = join(__dirname, "..", "..");

/**
 * Runs an expression on a module of the platform, `it`, in a process whose files may not grow beyond `bytes`: like a
 * full disk, the system writes the first bytes and refuses the others.
 *
 * @returns the message of the failure, or "done"
 */
export function failureWithin(bytes: number, module: string, expression: string): string {
  const home = mkdtempSync(join(tmpdir(), "limited-"));
  const program = join(home, "program.cjs");
  buildSync({
    entryPoints: [join(root, module)],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
  });
  const script = `process.on("SIGXFSZ", () => {});
    const it = require(${JSON.stringify(program)});
    (async () => ${expression})().then(() => "done", (error) => error.message).then((said) => console.log(said));`;
  try {
    const { stdout } = spawnSync("prlimit", [`--fsize=${bytes}`, process.execPath, "-e", script], {
      encoding: "utf8",
    });
    return stdout.trim();
  } finally {
    rmSync(home, { recursive: true });
  }
}
