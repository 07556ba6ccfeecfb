import { Failure } from "../../base/failure";
import type { EnvironmentConfig } from "../../config";
import { diagnoseConfiguration } from "./configuration";
import { describeDiagnoses } from "./describe";
import { type Diagnosis, isInTheWay, type Use } from "./diagnosis";
import { diagnoseTools } from "./tools";

/** What the user asked for. */
export interface DoctorOptions {
  readonly env?: string;
  readonly tests?: boolean;
}

/**
 * Looks at the machine, the configuration and, of an environment, its account; prints what is there and what to do.
 * @throws Failure when something is in the way of what was asked for
 */
export async function examine(environments: string, options: DoctorOptions): Promise<void> {
  const { diagnoses, inTheWay } = await diagnoseAll(environments, options);
  console.log(describeDiagnoses(diagnoses, usesOf(options)));
  if (inTheWay > 0)
    throw new Failure(`${inTheWay} of what is needed ${inTheWay === 1 ? "is" : "are"} not as it must be`);
  console.log("\nall that is needed is there");
}

/** Everything that was found. */
export interface Examination {
  readonly diagnoses: readonly Diagnosis[];
  /** How many of them are in the way of what was asked for. */
  readonly inTheWay: number;
}

/** Looks at everything that `examine` looks at, and prints nothing. */
export async function diagnoseAll(environments: string, options: DoctorOptions): Promise<Examination> {
  const { env } = options;
  const { configs, diagnosis } = await diagnoseConfiguration(environments);
  const account = env === undefined || configs === undefined ? [] : await accountOf(configs, env);
  const diagnoses = [...diagnoseTools(), diagnosis, ...account];
  return { diagnoses, inTheWay: diagnoses.filter((one) => isInTheWay(one, usesOf(options))).length };
}

function usesOf({ env, tests = false }: DoctorOptions): Use[] {
  return ["run", ...(tests ? ["test" as const] : []), ...(env ? ["apply" as const] : [])];
}

async function accountOf(configs: readonly EnvironmentConfig[], env: string): Promise<Diagnosis[]> {
  const { pickEnvironment } = await import("../environments");
  const { diagnoseAccount } = await import("./account");
  return diagnoseAccount(pickEnvironment(configs, env), configs);
}
