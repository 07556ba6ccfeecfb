import { CertificateFolder, inventory, needsAttention } from "../../certificates";
import type { EnvironmentConfig } from "../../config";
import { serverCertificateTags } from "../../stacks/core/names";
import type { Verdict } from "../account/verdict";
import { type Found, findCertificates, withAcm } from "../certificates/acm";
import { dayOf } from "../certificates/context";
import { remedyFor } from "../certificates/list";

/** Thirty days before its end a certificate is warned of. */
const warnedMilliseconds = 30 * 86_400_000;

/** Whether ACM has the certificate of the VPN's server, and for how long. */
export async function checkServerCertificate(config: EnvironmentConfig): Promise<Verdict> {
  const { environment, region } = config;
  if (!config.access.vpn.enabled)
    return { state: "ok", detail: "none is needed: access.vpn.enabled = false" };
  const command = (verb: string): string => `./platform certificates ${verb} --env ${environment}`;
  try {
    const tags = serverCertificateTags(config);
    const [found] = await withAcm(region, (client) => findCertificates(client, tags));
    if (found) return judge(found, command("rotate"));
    const detail = `ACM in ${region} has no valid one with the environment's tags`;
    return { state: "missing", detail, remedy: `${command("create")}, then ${command("import")}` };
  } catch (error) {
    const { name, message } = error as Error;
    const detail = `ACM in ${region} does not say (${name}: ${message})`;
    return { state: "wrong", detail, remedy: "take a role that may list certificates" };
  }
}

function judge({ arn, expires }: Found, remedy: string): Verdict {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  if (expires === undefined) return { state: "ok", detail: name };
  const detail = `${name}, valid until ${dayOf(expires)}`;
  if (expires.getTime() - Date.now() > warnedMilliseconds) return { state: "ok", detail };
  return { state: "wrong", detail, remedy };
}

/**
 * What of an environment's certificates has expired or soon will: the authority, people, the revocation list.
 * @param path the folder that holds them
 */
export function checkCertificateFolder({ environment }: EnvironmentConfig, path: string): Verdict {
  const folder = new CertificateFolder(path);
  const entries = inventory(folder);
  const late = entries.filter(needsAttention);
  if (late.length > 0) {
    const detail = late.map(({ name, validity }) => `${name} ${validity}`).join(", ");
    return { state: "wrong", detail, remedy: late.map((entry) => remedyFor(entry, environment)).join("; ") };
  }
  if (!folder.isRevocationListSent()) {
    const remedy = `./platform certificates import --env ${environment}`;
    return { state: "wrong", detail: "the revocation list was not sent to the VPN endpoint", remedy };
  }
  return { state: "ok", detail: entries.length === 0 ? "none on this machine" : `${entries.length} valid` };
}
