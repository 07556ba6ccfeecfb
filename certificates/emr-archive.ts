import { strToU8, zipSync } from "fflate";
import { issueNodes } from "./issue";
import type { Identity } from "./keys";

/** The name all nodes of a region's clusters have: they share one certificate. */
export function nodeName(region: string): string {
  return region === "us-east-1" ? "*.ec2.internal" : `*.${region}.compute.internal`;
}

/**
 * The archive of EMR's encryption in transit: a new certificate for the nodes of a region, its key, and the authority.
 * The key is in the archive alone.
 * Source: Amazon EMR Management Guide, "Providing certificates for encrypting data in transit with Amazon EMR encryption".
 */
export async function emrArchive(authority: Identity, region: string): Promise<Uint8Array> {
  const nodes = await issueNodes(authority, nodeName(region));
  return zipSync({
    "privateKey.pem": strToU8(nodes.privateKey),
    "certificateChain.pem": strToU8(nodes.certificate + authority.certificate),
    "trustedCertificates.pem": strToU8(authority.certificate),
  });
}
