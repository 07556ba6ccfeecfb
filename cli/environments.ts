import pc from "picocolors";
import { Failure } from "../base/failure";
import type { EnvironmentConfig, Warn } from "../config";
import { places } from "./places";

/**
 * Every environment of the folder, checked.
 *
 * @param warn takes the warnings. @default nobody is warned: an environment that is applied cannot change its ranges
 * @throws Failure with all problems of all files
 */
export async function loadChecked(directory: string, warn?: Warn): Promise<EnvironmentConfig[]> {
  const { ConfigurationError, formatProblems, loadEnvironments } = await import("../config");
  const { refuseBeyondQuotas } = await import("./account-quotas");
  try {
    const configs = await loadEnvironments(directory, places.parsed, warn);
    refuseBeyondQuotas(configs);
    return configs;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(formatProblems(error.problems));
    const count = error.problems.length;
    throw new Failure(
      `${count} ${count === 1 ? "problem" : "problems"} in ${directory}; nothing was written`,
    );
  }
}

/**
 * The one environment called `name`, beside all of them.
 * @throws Failure that names the environments there are
 */
export function pickEnvironment(configs: readonly EnvironmentConfig[], name: string): EnvironmentConfig {
  const found = configs.find((config) => config.environment === name);
  if (found) return found;
  const known = configs.map((config) => pc.bold(config.environment)).join(", ");
  throw new Failure(`no environment is called "${name}"`, `there are ${known}`);
}
