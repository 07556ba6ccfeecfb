import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type AirflowPackages, readAirflowPackages } from "../../contracts/airflow-packages";
import { BundleError } from "../failure";
import { archive } from "./archive";
import type { Files } from "./files";

const run = promisify(execFile);

/** MWAA's machines: Python 3.12 on x86-64 with the glibc of Amazon Linux 2023 (2.34). */
const wheelsOfMwaa = ["--only-binary=:all:", "--python-version", "3.12", "--implementation", "cp"].concat(
  ["cp312", "abi3", "none"].flatMap((abi) => ["--abi", abi]),
  ["manylinux_2_28", "manylinux_2_17", "manylinux2014", "manylinux2010", "manylinux1"].flatMap((platform) => [
    "--platform",
    `${platform}_x86_64`,
  ]),
  ["--platform", "any"],
);
const download = ["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"];

/** Programs that have pip, the next where one is missing; uv has no `pip download` itself. */
const pips: readonly (readonly [string, readonly string[]])[] = [
  ["python3", ["-m", "pip"]],
  ["uv", ["tool", "run", "pip"]],
];

/**
 * Builds the `plugins.zip` that MWAA unpacks: the wheels of `requirements/mwaa.txt` and the constraints. The same
 * requirements make the same bytes.
 *
 * @param root the repository; wheels are kept below its `build/airflow`
 * @throws BundleError when a wheel cannot be fetched, or has another hash
 */
export async function buildAirflowPlugins(root: string): Promise<Uint8Array> {
  const packages = readAirflowPackages(root);
  const folder = join(root, "build", "airflow", packages.digest);
  if (!existsSync(folder)) await fetchInto(folder, packages);
  const files: Files = new Map([
    ["constraints.txt", Buffer.from(packages.constraints)],
    ...readdirSync(folder).map((name): [string, Buffer] => [name, readFileSync(join(folder, name))]),
  ]);
  return archive(files, { level: 0 }); // wheels are compressed already
}

/** Fetches into a folder beside the target and renames it, so that an interrupted fetch is never taken for a whole one. */
async function fetchInto(folder: string, { lockFile }: AirflowPackages): Promise<void> {
  const parent = join(folder, "..");
  mkdirSync(parent, { recursive: true });
  const part = mkdtempSync(join(parent, "part-"));
  try {
    await fetchWithAny([...download, ...wheelsOfMwaa, "--dest", part, "--requirement", lockFile], lockFile);
    renameSync(part, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

async function fetchWithAny(args: readonly string[], lockFile: string): Promise<void> {
  for (const [command, pip] of pips) {
    try {
      await run(command, [...pip, ...args]);
      return;
    } catch (error) {
      const { code, stderr = "" } = error as NodeJS.ErrnoException & { readonly stderr?: string };
      if (code === "ENOENT" || stderr.includes("No module named pip")) continue;
      throw new BundleError(
        `${lockFile}: ${command} could not fetch Airflow's packages\n${stderr.trim()}`,
        "if an index could not be reached, check the network and the proxy; if a hash differs, run `make lock`",
        { cause: error },
      );
    }
  }
  throw new BundleError(
    `${lockFile}: neither python3 with pip nor uv is installed to fetch Airflow's packages`,
    "install pip for python3 (python3-pip), or uv",
  );
}
