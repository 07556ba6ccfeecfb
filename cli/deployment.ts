import { Failure } from "../base/failure";
import type { EnvironmentConfig } from "../config";
import { table } from "./table";

/** One environment in a list of all of them. */
interface Listed {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** The environment that is deployed before; null when it waits for none. */
  readonly deploy_after: string | null;
}

/** One job of a workflow's matrix. */
interface MatrixEntry {
  readonly environment: string;
  /** ARN of the role that plans. */
  readonly plan_role: string;
}

/** Returns one object per environment, in the given order. */
export function listOrder(configs: readonly EnvironmentConfig[]): Listed[] {
  return configs.map(({ environment, account_id, region, ci }) => ({
    environment,
    account: account_id,
    region,
    deploy_after: ci?.deploy_after ?? null,
  }));
}

/** Returns a table with one row per environment, in the given order. */
export function describeOrder(configs: readonly EnvironmentConfig[]): string {
  const rows = listOrder(configs).map((one) => [
    one.environment,
    one.account,
    one.region,
    one.deploy_after ?? "-",
  ]);
  return table(["environment", "account", "region", "deployed after"], rows);
}

/**
 * Returns the line for `$GITHUB_OUTPUT` from which workflows take their matrix. An environment whose role is not set
 * is left out.
 *
 * @param variables the JSON of GitHub's variables, as `toJSON(vars)` writes it
 * @param warn called with a sentence for each environment that is left out
 * @throws Failure when the variables cannot be read, or when one of them is not a role
 */
export function matrixOutput(
  configs: readonly EnvironmentConfig[],
  variables: string | undefined,
  warn: (text: string) => void,
): string {
  const values = readVariables(variables);
  const entries = configs.flatMap(({ environment }): MatrixEntry[] => {
    const name = planRoleVariable(environment);
    const role = values[name];
    if (role !== undefined && role !== "") return [{ environment, plan_role: readRole(name, role) }];
    warn(`${environment} is left out: the GitHub variable ${name} is not set`);
    return [];
  });
  return `environments=${JSON.stringify(entries)}`;
}

/** GitHub's names of variables have no hyphens. */
function planRoleVariable(environment: string): string {
  return `PLAN_ROLE_ARN_${environment.toUpperCase().replaceAll("-", "_")}`;
}

function readVariables(text: string | undefined): Readonly<Record<string, unknown>> {
  const remedy = `in a workflow, set it with "VARIABLES: \${{ toJSON(vars) }}" in the step's env`;
  if (text === undefined || text === "") throw new Failure("VARIABLES is not set", remedy);
  const value = parse(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new Failure("VARIABLES is not a JSON object", remedy);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readRole(name: string, value: unknown): string {
  if (typeof value === "string" && /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(value))
    return value;
  throw new Failure(
    `the GitHub variable ${name} is ${JSON.stringify(value)}, which is not the ARN of a role`,
    "set it to the output ci_plan_role_arn of the account's bootstrap stack",
  );
}
