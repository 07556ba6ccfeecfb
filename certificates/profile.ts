import type { Identity } from "./keys";

/** What a profile for an OpenVPN client is made of. */
export interface ProfileProps {
  /** DNS name of the endpoint, with or without the `*.` that AWS puts before it. */
  readonly endpoint: string;
  /** The name in the server's certificate. */
  readonly serverName: string;
  /** Certificate of the authority, as PEM. */
  readonly authority: string;
  readonly person: Identity;
}

/**
 * A profile that both the AWS VPN Client and OpenVPN load: the client's certificate and key are in it, so it is as
 * secret as the key. A random host name before the endpoint's keeps resolvers from answering an old address, and only
 * the one server certificate is accepted.
 * Source: AWS Client VPN Administrator Guide, "Client VPN endpoint configuration file export".
 */
export function profileOf({ endpoint, serverName, authority, person }: ProfileProps): string {
  const inline = (tag: string, content: string): string => `<${tag}>\n${content.trim()}\n</${tag}>`;
  return `${[
    "client",
    "dev tun",
    "proto udp",
    `remote ${endpoint.replace(/^\*\./, "")} 443`,
    "remote-random-hostname",
    "resolv-retry infinite",
    "nobind",
    "remote-cert-tls server",
    `verify-x509-name ${serverName} name`,
    "cipher AES-256-GCM",
    "verb 3",
    "reneg-sec 0",
    inline("ca", authority),
    inline("cert", person.certificate),
    inline("key", person.privateKey),
  ].join("\n")}\n`;
}
