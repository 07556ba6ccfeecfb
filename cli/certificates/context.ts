import { join } from "node:path";
import { Failure } from "../../base/failure";
import { CertificateFolder } from "../../certificates";
import type { EnvironmentConfig } from "../../config";
import { loadChecked, pickEnvironment } from "../environments";
import { places } from "../places";

/** What every command about certificates is given. */
export interface CertificateOptions {
  readonly env: string;
  readonly folder?: string;
}

/** One environment and its certificates. */
export interface CertificateContext {
  readonly config: EnvironmentConfig;
  readonly folder: CertificateFolder;
}

/** Checks the environments, and finds the certificates of one. */
export async function openCertificates(
  environments: string,
  { env, folder }: CertificateOptions,
): Promise<CertificateContext> {
  const config = pickEnvironment(await loadChecked(environments), env);
  const path = folder ?? join(places.certificates, `${config.project}-${config.environment}`);
  return { config, folder: new CertificateFolder(path) };
}

/** @throws Failure where people log in by the company's directory, which knows them without a certificate */
export function requireCertificateLogin({ config }: CertificateContext): void {
  if (config.access.vpn.authentication.kind === "certificate") return;
  throw new Failure(
    `people of ${config.environment} log in by the company's directory (access.vpn.authentication.kind = "saml"), not by certificate`,
    "give or take their access in the directory; docs/access.md says where they get their profile",
  );
}

/** A day as people write it. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
