import pc from "picocolors";
import { authorityName, serverName } from "../../certificates";
import { serverCertificateTags } from "../../stacks/core/names";
import { importCertificate, withAcm } from "./acm";
import type { CertificateContext } from "./context";
import { readEndpoint, sendRevocations } from "./endpoint";

/** Brings what AWS has to know into AWS: the server's certificate into ACM, the revocation list to the endpoint. */
export async function importAll(context: CertificateContext): Promise<void> {
  const { config, folder } = context;
  const chain = folder.read(authorityName).certificate;
  const server = folder.read(serverName);
  const tags = serverCertificateTags(config);
  const { arn, word } = await withAcm(config.region, (client) =>
    importCertificate(client, { ...server, chain, tags }),
  );
  console.log(`${pc.bold(word)}  ${arn}`);
  if (word === "replaced") console.log("  the endpoint takes it over by itself, within a day");
  if (folder.revocationText() !== undefined) await sendRevocationList(context);
}

/** Sends the revocation list to the endpoint, or says why not and what then. */
export async function sendRevocationList({ config, folder }: CertificateContext): Promise<void> {
  const list = folder.revocationText();
  if (list === undefined || config.access.vpn.authentication.kind === "saml") return;
  const again = `./platform certificates import --env ${config.environment}`;
  const endpoint = await readEndpoint(config);
  if (endpoint === undefined) {
    console.log(
      `the revocation list was ${pc.yellow("not sent")}: there is no VPN endpoint yet; when there is: ${again}`,
    );
    return;
  }
  try {
    await sendRevocations(config.region, endpoint, list);
  } catch (error) {
    console.error(
      pc.red(
        `${endpoint.id} did not get the revocation list: whoever was revoked still comes in; mend this, then: ${again}`,
      ),
    );
    throw error;
  }
  const count = folder.revocations()?.revocations.length ?? 0;
  console.log(`${endpoint.id}: got the revocation list, with ${count} on it`);
}
