import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { partitionOf } from "../catalogue/regions";
import type { Path, Report } from "../problems";
import type { DocumentedRule, FileFacts } from "../rule";
import { text } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";

/** Source: IAM User Guide, "IAM identifiers", ARNs of SAML providers. */
const samlProviderArn = () =>
  text(
    /^arn:aws[a-z-]*:iam::\d{12}:saml-provider\/[\w+=,.@-]{1,128}$/,
    "the ARN of a SAML provider in IAM, for example arn:aws:iam::222222222222:saml-provider/company",
  );

/** Source: AWS Client VPN Administrator Guide, "Client VPN authentication". */
export const authenticationSchema = z.strictObject({
  kind: z
    .enum(["certificate", "saml"])
    .default("certificate")
    .describe("Mutual TLS with a certificate for each person, or single sign-on by the company's directory."),
  provider_arn: samlProviderArn()
    .optional()
    .meta({ description: "The SAML provider, where IAM has one already. `saml` only.", absent: "none" }),
  metadata_file: text(/^[^\0]+\.xml$/, "the path of an XML file, from the folder of this file")
    .optional()
    .meta({
      description: "Metadata of the directory, of which a SAML provider is made. `saml` only.",
      absent: "none",
    }),
  portal_provider_arn: samlProviderArn().optional().meta({
    description: "The SAML provider of the self-service portal, which turns the portal on. `saml` only.",
    absent: "none",
  }),
});

/** How people prove who they are: by a certificate, or by a directory that IAM knows or is to know. */
export type VpnAuthentication =
  | { readonly kind: "certificate" }
  | {
      readonly kind: "saml";
      readonly provider: { readonly arn: string } | { readonly metadata: string };
      /** The SAML provider of the self-service portal. @default no portal */
      readonly portalProviderArn?: string;
    };

/** Returns how people prove who they are, with the metadata of the directory read. */
export function authenticationOf(
  {
    kind,
    provider_arn: arn,
    metadata_file: file,
    portal_provider_arn,
  }: z.output<typeof authenticationSchema>,
  read: (path: string) => string,
): VpnAuthentication {
  if (kind === "certificate") return { kind };
  const provider = arn === undefined ? { metadata: read(file ?? "") } : { arn };
  return {
    kind,
    provider,
    ...(portal_provider_arn === undefined ? {} : { portalProviderArn: portal_provider_arn }),
  };
}

type Parts = ValidParts<{
  access: { vpn: { enabled: boolean; authentication: z.output<typeof authenticationSchema> } };
  account_id: string;
  region: string;
}>;

const authenticationAt = (key: string): Path => ["access", "vpn", "authentication", key];
const vpnOf = ({ access }: Parts) => (access?.vpn?.enabled === false ? undefined : access?.vpn);

/** What belongs to SAML is there with SAML, and only then. */
function authenticationRule(parts: Parts, report: Report, { says }: FileFacts): void {
  const { kind, provider_arn, metadata_file, portal_provider_arn } = vpnOf(parts)?.authentication ?? {};
  if (kind === "certificate") {
    for (const [key, value] of Object.entries({ provider_arn, metadata_file, portal_provider_arn })) {
      if (value === undefined) continue;
      report(authenticationAt(key), 'does not fit kind "certificate"', 'remove it, or use kind = "saml"');
    }
    return;
  }
  const [hasArn, hasFile] = [says(authenticationAt("provider_arn")), says(authenticationAt("metadata_file"))];
  if (kind !== "saml" || hasArn !== hasFile) return;
  const message = `is "saml", with ${hasArn ? "both" : "neither"} of provider_arn and metadata_file`;
  report(authenticationAt("kind"), message, "use one of the two");
}

/** SAML providers are the account's own. */
function samlProviderRule(parts: Parts, report: Report): void {
  const { account_id: account, region } = parts;
  const authentication = vpnOf(parts)?.authentication;
  if (account === undefined || region === undefined) return;
  const expected = `arn:${partitionOf(region)}:iam::${account}:saml-provider/`;
  for (const key of ["provider_arn", "portal_provider_arn"] as const) {
    const arn = authentication?.[key];
    if (arn === undefined || arn.startsWith(expected)) continue;
    report(authenticationAt(key), "is not of this environment's account", `use one that begins ${expected}`);
  }
}

/** Characters of a metadata document. Source: IAM API Reference, "CreateSAMLProvider". */
const metadataSize = { least: 1000, most: 10_000_000 };

/**
 * Parts that IAM requires in a metadata document: an identity provider, and the certificate that it signs with.
 * Sources: IAM API Reference, "CreateSAMLProvider"; OASIS, "Metadata for SAML V2.0", 2.3.2 and 2.4.3.
 */
const metadataParts = {
  "an EntityDescriptor with an entityID": /<(?:\w+:)?EntityDescriptor\s[^>]*\bentityID\s*=/,
  "an IDPSSODescriptor": /<(?:\w+:)?IDPSSODescriptor[\s>]/,
  "an X509Certificate": /<(?:\w+:)?X509Certificate[\s>]/,
  "its end, </EntityDescriptor>": /<\/(?:\w+:)?(?:EntityDescriptor|EntitiesDescriptor)\s*>\s*$/,
};

function metadataFileRule(parts: Parts, report: Report, { directory }: FileFacts): void {
  const file = vpnOf(parts)?.authentication?.metadata_file;
  if (file === undefined) return;
  const problem = metadataProblem(resolve(directory, file));
  if (problem !== undefined) report(authenticationAt("metadata_file"), ...problem);
}

/** What is wrong with a metadata document, and what to do. */
function metadataProblem(path: string): [message: string, remedy: string] | undefined {
  const download = "put the metadata that the directory offers for download there";
  const { least, most } = metadataSize;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return ["does not exist", download];
    if (!found.isFile()) return ["is not a file", download];
    if (found.size < least || found.size > most)
      return [`has ${found.size} bytes`, `use the whole metadata document: ${least} to ${most} bytes`];
    const text = readFileSync(path, "utf8");
    const missing = Object.entries(metadataParts).find(([, part]) => !part.test(text));
    return missing && [`is not the metadata of an identity provider: it lacks ${missing[0]}`, download];
  } catch (error) {
    return [`cannot be read (${(error as NodeJS.ErrnoException).code})`, "name a file that you may read"];
  }
}

/** The rules about how people prove who they are. */
export const authenticationRules: readonly DocumentedRule<Parts>[] = [
  {
    says: "The VPN authenticates by certificates, or by one SAML provider: an ARN of the account, or a metadata file that exists. Only a SAML directory knows groups.",
    check: [authenticationRule, samlProviderRule, metadataFileRule],
  },
];
