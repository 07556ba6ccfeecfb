import { join } from "node:path";
import type { EnvironmentConfig } from "../../config";
import { checkComputeQuotas } from "../account/compute-quotas";
import { checkSamlProviders } from "../account/identities";
import { checkIdentity } from "../account/identity";
import { checkLakeFormation } from "../account/lake-formation";
import { checkDatabaseClass, checkInstanceTypes } from "../account/offerings";
import { accountOf, checkOncePerAccount } from "../account/once-per-account";
import type { Verdict } from "../account/verdict";
import { places } from "../places";
import { bootstrappedTypes } from "./bootstrap-state";
import { checkCertificateFolder, checkServerCertificate } from "./certificates";
import type { Diagnosis } from "./diagnosis";
import { checkStateBucket } from "./state-bucket";

const uses = ["apply"] as const;

const credentials = { subject: "AWS credentials", uses, neededBy: "whatever has --env" };
const folder = { subject: "certificates here", uses, neededBy: "the VPN" };

/** One check of the account, its subject and the commands that need it. */
interface Check {
  readonly subject: string;
  readonly neededBy: string;
  readonly check: (config: EnvironmentConfig) => Promise<Verdict>;
}

const checks: readonly Check[] = [
  { subject: "state bucket", neededBy: "plan, apply, destroy", check: checkStateBucket },
  { subject: "VPN certificate", neededBy: "apply", check: checkServerCertificate },
  { subject: "SAML providers", neededBy: "the roles of people", check: checkSamlProviders },
  { subject: "Lake Formation", neededBy: "jobs and queries", check: checkLakeFormation },
  { subject: "compute quotas", neededBy: "jobs", check: checkComputeQuotas },
  { subject: "instance types", neededBy: "jobs", check: checkInstanceTypes },
  { subject: "database class", neededBy: "apply", check: checkDatabaseClass },
];

/**
 * Looks at one environment's account. Where the credentials are not the account's, nothing of it is asked for.
 *
 * @param all every environment, those of the same account among them
 */
export async function diagnoseAccount(
  config: EnvironmentConfig,
  all: readonly EnvironmentConfig[],
): Promise<Diagnosis[]> {
  const identity = await checkIdentity(config);
  const here: Diagnosis = { ...folder, ...checkCertificateFolder(config, folderOf(config)) };
  const found: Diagnosis = { ...credentials, ...identity };
  if (identity.state !== "ok") {
    const unasked: Verdict = { state: "unknown", detail: "not looked at without credentials of the account" };
    return [found, ...checks.map(({ check: _, ...about }) => ({ ...about, uses, ...unasked })), here];
  }
  const [own, once] = await Promise.all([
    Promise.all(checks.map(async ({ check, ...about }) => ({ ...about, uses, ...(await check(config)) }))),
    bootstrappedTypes(config).then((owned) => checkOncePerAccount(accountOf(config, all, owned))),
  ]);
  return [found, ...own, ...once.map(({ type: _, ...one }) => ({ ...one, uses })), here];
}

function folderOf({ project, environment }: EnvironmentConfig): string {
  return join(places.certificates, `${project}-${environment}`);
}
