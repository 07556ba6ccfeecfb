import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** The program that every provider of these tests is a copy of. */
export const standIn = join(root, "build", "stand-in", "provider");

let isBuilt = false;

/** Builds the provider and derives its schema, unless both are up to date. */
export function buildStandIn(): void {
  if (isBuilt) return;
  // Not those of a `make test-terraform` that started this process.
  const { MAKEFLAGS, MAKELEVEL, MFLAGS, ...environment } = process.env;
  const make = spawnSync("make", ["--silent", "stand-in"], { cwd: root, env: environment, encoding: "utf8" });
  if (make.status !== 0)
    throw new Error(`make stand-in failed: ${make.error?.message ?? make.stdout + make.stderr}`);
  isBuilt = true;
}

/**
 * Returns the environment of a Terraform whose provider plans and applies without AWS, whatever the user's own
 * configuration of Terraform is.
 * @param home directory of the test. It gets a plugin cache of its own: Terraform cannot fill one cache from two
 * processes at once, and the platform's own must never hold this provider.
 */
export function terraformEnvironment(home: string): Record<string, string> {
  buildStandIn();
  const plugins = join(home, "plugins");
  mkdirSync(plugins, { recursive: true });
  return {
    TF_CLI_CONFIG_FILE: join(root, "build", "stand-in", "terraform.rc"),
    TF_PLUGIN_CACHE_DIR: plugins,
  };
}
