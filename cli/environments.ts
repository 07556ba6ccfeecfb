import pc from "picocolors";
import { Failure } from "../base/failure";
import type { EnvironmentConfig, Problem, Warn } from "../config";
import { places } from "./places";
import { readTopics } from "./topics";

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
    const configs = await loadEnvironments(directory, places.parsed, warn, readTopics);
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
 * Checks that there is an environment of this name, before anything slow or interactive.
 * @throws Failure that names the environments there are
 */
export async function requireEnvironment(directory: string, name: string): Promise<void> {
  pickEnvironment(await loadChecked(directory), name);
}

/** What `check --json` prints. */
export interface CheckResult {
  readonly environments: readonly {
    readonly environment: string;
    readonly account: string;
    readonly region: string;
  }[];
  readonly problems: readonly CheckedPlace[];
  readonly warnings: readonly CheckedPlace[];
}

interface CheckedPlace {
  readonly file: string;
  /** Counted from 1; 0 when it is about the file as a whole. */
  readonly line: number;
  /** Such as `network.vpc_cidr`. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** Checks every environment of the folder, and returns what is right and what is wrong as data. */
export async function checkAsJson(directory: string): Promise<CheckResult> {
  const { ConfigurationError, loadEnvironments } = await import("../config");
  const { refuseBeyondQuotas } = await import("./account-quotas");
  const warnings: CheckedPlace[] = [];
  try {
    const warn: Warn = (found) => warnings.push(...found.map(checkedPlace));
    const configs = await loadEnvironments(directory, places.parsed, warn, readTopics);
    const environments = configs.map(({ environment, account_id: account, region }) => ({
      environment,
      account,
      region,
    }));
    refuseBeyondQuotas(configs);
    return { environments, problems: [], warnings };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message, remedy = "" } = error;
    const asAWhole = { file: directory, line: 0, path: "", message, remedy };
    const problems = error instanceof ConfigurationError ? error.problems.map(checkedPlace) : [asAWhole];
    return { environments: [], problems, warnings };
  }
}

function checkedPlace({ file, line, path, message, allowed }: Problem): CheckedPlace {
  return { file, line, path, message, remedy: allowed };
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
