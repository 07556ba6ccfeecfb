import pc from "picocolors";
import { describeAwsError } from "../../base/aws-errors";
import { Failure } from "../../base/failure";
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

/**
 * Sends the revocation list to the endpoint and records it beside the list, while no other process changes the list.
 *
 * @param revoked who was shut out just now, for the message. @default everybody on the list
 * @throws Failure, whatever went wrong, that says who still comes in and what to do
 */
export async function sendRevocationList(
  { config, folder }: CertificateContext,
  revoked = "whoever is on the revocation list",
): Promise<void> {
  if (folder.revocationText() === undefined || config.access.vpn.authentication.kind === "saml") return;
  const again = `./platform certificates import --env ${config.environment}`;
  try {
    await folder.exclusively(async () => {
      const list = folder.revocationText() ?? "";
      const endpoint = await readEndpoint(config);
      if (endpoint === undefined) {
        console.log(
          `the revocation list was ${pc.yellow("not sent")}: there is no VPN endpoint yet; when there is: ${again}`,
        );
        return;
      }
      await sendRevocations(config.region, endpoint, list);
      folder.markRevocationsSent(list, endpoint.id);
      const count = folder.revocations()?.revocations.length ?? 0;
      console.log(`${endpoint.id}: got the revocation list, with ${count} on it`);
    });
  } catch (error) {
    const described = describeAwsError(error)?.message;
    const reason = described ?? (error instanceof Error ? error.message : String(error));
    throw new Failure(
      `${revoked} still comes in: the VPN endpoint did not get the revocation list: ${reason}`,
      `mend that (./platform doctor --env ${config.environment} looks at credentials and account), then send the list: ${again}`,
      1,
      { cause: error },
    );
  }
}
