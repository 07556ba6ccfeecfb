import { EC2Client, ImportClientVpnClientCertificateRevocationListCommand } from "@aws-sdk/client-ec2";
import { GetObjectCommand, NoSuchBucket, NoSuchKey } from "@aws-sdk/client-s3";
import { traced } from "../../base/aws-errors";
import type { EnvironmentConfig } from "../../config";
import { stateBucketOf } from "../../stacks/core/names";
import { parseState } from "../state-file";

/** The VPN endpoint, as the access stack publishes it. */
export interface Endpoint {
  readonly id: string;
  readonly dnsName: string;
}

/** The endpoint of an environment, from the state of its access stack; undefined before that is applied. */
export async function readEndpoint(config: EnvironmentConfig): Promise<Endpoint | undefined> {
  const { createClient } = await import("../../release/publish");
  const client = createClient(config.state.region);
  const Key = `${config.project}/${config.environment}/access.tfstate`;
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: stateBucketOf(config), Key }));
    const outputs = parseState((await Body?.transformToString()) ?? "")?.outputs;
    const [id, dnsName] = [outputs?.vpn_endpoint_id?.value, outputs?.vpn_endpoint_dns_name?.value];
    return typeof id === "string" && typeof dnsName === "string" ? { id, dnsName } : undefined;
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NoSuchBucket) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
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
