import { EC2Client, ImportClientVpnClientCertificateRevocationListCommand } from "@aws-sdk/client-ec2";
import { traced } from "../../base/aws-errors";
import type { EnvironmentConfig } from "../../config";
import { readStoredState } from "../stored-state";

/** The VPN endpoint, as the access stack publishes it. */
export interface Endpoint {
  readonly id: string;
  readonly dnsName: string;
}

/** The endpoint of an environment, from the state of its access stack; undefined before that is applied. */
export async function readEndpoint(config: EnvironmentConfig): Promise<Endpoint | undefined> {
  const state = await readStoredState(config, `${config.project}/${config.environment}/access.tfstate`);
  const { vpn_endpoint_id: id, vpn_endpoint_dns_name: dnsName } = state?.outputs ?? {};
  return typeof id?.value === "string" && typeof dnsName?.value === "string"
    ? { id: id.value, dnsName: dnsName.value }
    : undefined;
}

/** Gives the endpoint a revocation list, in place of the one before; it counts for new connections at once. */
export async function sendRevocations(region: string, endpoint: Endpoint, list: string): Promise<void> {
  const client = traced(new EC2Client({ region }));
  try {
    await client.send(
      new ImportClientVpnClientCertificateRevocationListCommand({
        ClientVpnEndpointId: endpoint.id,
        CertificateRevocationList: list,
      }),
    );
  } finally {
    client.destroy();
  }
}
