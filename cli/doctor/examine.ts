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
export async function examine(environments: string, { env, tests = false }: DoctorOptions): Promise<void> {
  const asked: Use[] = ["run", ...(tests ? ["test" as const] : []), ...(env ? ["apply" as const] : [])];
  const { configs, diagnosis } = await diagnoseConfiguration(environments);
  const account = env === undefined || configs === undefined ? [] : await accountOf(configs, env);
  const all = [...diagnoseTools(), diagnosis, ...account];
  console.log(describeDiagnoses(all, asked));
  const { length } = all.filter((one) => isInTheWay(one, asked));
  if (length > 0)
    throw new Failure(`${length} of what is needed ${length === 1 ? "is" : "are"} not as it must be`);
  console.log("\nall that is needed is there");
}

async function accountOf(configs: readonly EnvironmentConfig[], env: string): Promise<Diagnosis[]> {
  const { pickEnvironment } = await import("../environments");
  const { diagnoseAccount } = await import("./account");
  return diagnoseAccount(pickEnvironment(configs, env), configs);
}
