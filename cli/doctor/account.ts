import { join } from "node:path";
import type { EnvironmentConfig } from "../../config";
import { places } from "../places";
import { checkCertificateFolder, checkServerCertificate } from "./certificates";
import type { Diagnosis, Verdict } from "./diagnosis";
import { checkIdentity } from "./identity";
import { checkStateBucket } from "./state-bucket";

const uses = ["apply"] as const;

const credentials = { subject: "AWS credentials", uses, neededBy: "whatever has --env" };
const stateBucket = { subject: "state bucket", uses, neededBy: "plan, apply, destroy" };
const certificate = { subject: "VPN certificate", uses, neededBy: "apply" };
const folder = { subject: "certificates here", uses, neededBy: "the VPN" };

/** Looks at one environment's account. Where the credentials are not the account's, nothing of it is asked for. */
export async function diagnoseAccount(config: EnvironmentConfig): Promise<Diagnosis[]> {
  const identity = await checkIdentity(config);
  const here: Diagnosis = { ...folder, ...checkCertificateFolder(config, folderOf(config)) };
  const found: Diagnosis = { ...credentials, ...identity };
  if (identity.state !== "ok") {
    const unasked: Verdict = { state: "unknown", detail: "not looked at without credentials of the account" };
    return [found, { ...stateBucket, ...unasked }, { ...certificate, ...unasked }, here];
  }
  const [bucket, server] = await Promise.all([checkStateBucket(config), checkServerCertificate(config)]);
  return [found, { ...stateBucket, ...bucket }, { ...certificate, ...server }, here];
}

function folderOf({ project, environment }: EnvironmentConfig): string {
  return join(places.certificates, `${project}-${environment}`);
}
