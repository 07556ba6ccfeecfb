import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { sha256 } from "../../base/digest";
import { BundleError } from "../failure";
import { type Files, listFiles, readFiles } from "./files";

const run = promisify(execFile);

/**
 * The oldest Python a release runs on: what EMR Serverless 7.8.0 has and nothing else, and a cluster has beside 3.11.
 * An installer refuses packages that need a newer one. Source: EMR Serverless samples, "Custom Python versions on EMR
 * Serverless".
 */
export const PYTHON_VERSION = "3.9";

/** Both installers unpack hashed wheels only: nothing is built, compiled or resolved here. */
const uvInstall = [
  "pip",
  "install",
  "--quiet",
  "--no-deps",
  "--require-hashes",
  "--no-build",
  "--no-config",
].concat("--python-version", PYTHON_VERSION, "--python-platform", "linux");
const pipInstall = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:"]
  .concat("--no-compile", "--disable-pip-version-check", "--python-version", PYTHON_VERSION)
  .concat("--implementation", "py", "--abi", "none", "--platform", "any");

/**
 * The pure-Python packages that travel in the archive, installed once per content of the requirements.
 *
 * @param root the repository
 * @throws BundleError when a package carries compiled code, or cannot be installed
 */
export async function vendoredFiles(root: string): Promise<Files> {
  const requirements = join(root, "requirements", "bundle.txt");
  const cache = join(root, "build", "vendored");
  const target = join(cache, sha256(readFileSync(requirements)).slice(0, 16));
  if (!existsSync(target)) await installInto(target, cache, requirements);
  const paths = listFiles(target).filter(isShipped);
  return readFiles(target, paths);
}

/** Scripts, caches and what installers note about themselves stay out; licences and metadata go with the code. */
function isShipped(path: string): boolean {
  if (path.startsWith("bin/")) return false;
  return (
    !/^[^/]+\.dist-info\//.test(path) ||
    /^[^/]+\.dist-info\/(METADATA$|LICEN[CS]E|NOTICE|licenses\/)/.test(path)
  );
}

/** Installs beside the target and renames, so that an interrupted installation is never taken for a whole one. */
async function installInto(target: string, cache: string, requirements: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const part = mkdtempSync(join(cache, "part-"));
  try {
    await installWithAny(part, requirements);
    renameSync(part, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

async function installWithAny(part: string, requirements: string): Promise<void> {
  const rest = ["--target", part, "-r", requirements];
  const uv = ["uv", ...["tools/uv/bin/uv"].map((path) => join(part, "..", "..", path))];
  const installers = [
    ...uv.map((command) => [command, uvInstall] as const),
    ["python3", pipInstall] as const,
  ];
  for (const [command, args] of installers) {
    try {
      await run(command, [...args, ...rest], { env: process.env });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
      const said = (error as { stderr?: string }).stderr?.trim();
      throw new BundleError(
        `${requirements}: ${command} could not install it\n${said}`,
        "if it could not be fetched, look at the network and the proxy; if it could not be resolved, run `make lock`",
        { cause: error },
      );
    }
  }
  throw new BundleError(
    `${requirements}: neither uv nor python3 is there to install it`,
    "install uv, or Python 3.11",
  );
}
