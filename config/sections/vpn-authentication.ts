import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { partitionOf } from "../catalogue/regions";
import type { Path, Report } from "../problems";
import type { DocumentedRule } from "../rule";
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
function authenticationRule(parts: Parts, report: Report): void {
  const { kind, provider_arn, metadata_file, portal_provider_arn } = vpnOf(parts)?.authentication ?? {};
  if (kind === "certificate") {
    for (const [key, value] of Object.entries({ provider_arn, metadata_file, portal_provider_arn })) {
      if (value === undefined) continue;
      report(authenticationAt(key), 'does not fit kind "certificate"', 'remove it, or use kind = "saml"');
    }
  } else if (kind === "saml" && (provider_arn === undefined) === (metadata_file === undefined)) {
    const message = `is "saml", with ${provider_arn === undefined ? "neither" : "both"} of provider_arn and metadata_file`;
    report(authenticationAt("kind"), message, "use one of the two");
  }
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

function metadataFileRule(parts: Parts, report: Report, { directory }: { readonly directory: string }): void {
  const file = vpnOf(parts)?.authentication?.metadata_file;
  if (file === undefined) return;
  const path = resolve(directory, file);
  const size = existsSync(path) ? statSync(path).size : undefined;
  if (size === undefined) {
    const remedy = "put the metadata that the directory offers for download there";
    report(authenticationAt("metadata_file"), "does not exist", remedy);
  } else if (size < metadataSize.least || size > metadataSize.most) {
    const remedy = `use the whole metadata document: ${metadataSize.least} to ${metadataSize.most} bytes`;
    report(authenticationAt("metadata_file"), `has ${size} bytes`, remedy);
  }
}

/** The rules about how people prove who they are. */
export const authenticationRules: readonly DocumentedRule<Parts>[] = [
  {
    says: "The VPN authenticates by certificates, or by one SAML provider: an ARN of the account, or a metadata file that exists. Only a SAML directory knows groups.",
    check: [authenticationRule, samlProviderRule, metadataFileRule],
  },
];
