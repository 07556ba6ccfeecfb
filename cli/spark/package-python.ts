import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** How long a module may take, and how much it may say. */
interface Limits {
  /** Milliseconds. @default no limit */
  readonly timeout?: number;
  /** Bytes. @default Node's */
  readonly maxBuffer?: number;
}

/**
 * Runs a module of `packages/` and returns what it prints.
 * @param python one in which the packages are installed, as `make install` does it (docs/ci.md, "Python packages")
 */
export async function runPackage(
  python: string,
  args: readonly [module: string, ...args: string[]],
  limits: Limits = {},
): Promise<string> {
  const { stdout } = await run(python, ["-m", ...args], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
    ...limits,
  });
  return stdout;
}
