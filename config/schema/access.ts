import { z } from "zod";
import { addressName, cidr, distinct, logRetention, text } from "./fields";

/** Hours of a session. Source: AWS Client VPN Administrator Guide, "Maximum VPN session duration timeout". */
const offeredHours = [8, 10, 12, 24];

const sessionHours = () => {
  const allowed = `one of ${offeredHours.join(", ")}`;
  return z
    .int()
    .superRefine((hours, context) => {
      if (offeredHours.includes(hours)) return;
      const message = "is not a number of hours that Client VPN offers";
      context.addIssue({ code: "custom", message, params: { allowed: `use ${allowed}` } });
    })
    .meta({ allowed });
};

/** Source: IAM User Guide, "IAM identifiers", ARNs of SAML providers. */
const samlProviderArn = () =>
  text(
    /^arn:aws[a-z-]*:iam::\d{12}:saml-provider\/[\w+=,.@-]{1,128}$/,
    "the ARN of a SAML provider in IAM, for example arn:aws:iam::222222222222:saml-provider/company",
  );

/** Source: AWS Client VPN Administrator Guide, "Client VPN authentication". */
const authenticationSchema = z.strictObject({
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

const authorizationSchema = z.strictObject({
  cidr: cidr(16, 32, "10.100.3.0/24")
    .optional()
    .meta({ description: "Range inside the VPC that may be reached.", absent: "network.vpc_cidr" }),
  group: text(/^[^\s].{0,254}$/, "the id of a group in the company's directory")
    .optional()
    .meta({ description: "Group of the directory that may. `saml` only.", absent: "everybody" }),
});

/** Limits: AWS Client VPN Administrator Guide, "Rules and best practices" and "Client login banner". */
const vpnSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe("Whether there is a VPN. Without one the private web servers need another way in."),
  authentication: authenticationSchema.prefault({}).describe("How people prove who they are."),
  target_subnets: distinct(
    text(
      /^(?:public|private)_[a-z0-9_]{1,20}$/,
      "a subnet of `network` by kind and name, for example public_vpn",
    ),
    1,
    6,
  )
    .optional()
    .meta({
      description: "Subnets the VPN is attached to, in zones of their own. AWS charges each by the hour.",
      absent: "the first public subnet, or else the first private one",
    }),
  session_hours: sessionHours().default(8).describe("Hours until a person has to log in again."),
  login_banner: text(/^[\s\S]{1,1400}$/, "1 to 1400 characters")
    .default("For authorized persons only. Connections are logged.")
    .describe("What people are shown when they connect."),
  authorizations: z
    .record(addressName(), authorizationSchema)
    .default({ vpc: {} })
    .describe("Who may reach what, by name. Whatever is not listed here is out of reach."),
  log_retention_days: logRetention()
    .default(365)
    .describe("Days it is kept who connected when, and from where."),
});

/** How people come in. */
export const accessSchema = z.strictObject({
  vpn: vpnSchema.prefault({}).describe("AWS Client VPN into the private network."),
});

type AccessFile = z.output<typeof accessSchema>;
type VpnFile = AccessFile["vpn"];

/** How people prove who they are: by a certificate, or by a directory that IAM knows or is to know. */
export type VpnAuthentication =
  | { readonly kind: "certificate" }
  | {
      readonly kind: "saml";
      readonly provider: { readonly arn: string } | { readonly metadata: string };
      /** The SAML provider of the self-service portal. @default no portal */
      readonly portalProviderArn?: string;
    };

/** Access with every default applied, and the metadata read. */
export type AccessConfig = Omit<AccessFile, "vpn"> & {
  readonly vpn: Omit<VpnFile, "authentication" | "target_subnets"> & {
    readonly authentication: VpnAuthentication;
    readonly target_subnets: readonly string[];
  };
};

/** What access takes from outside itself. */
export interface AccessDefaults {
  readonly targetSubnet: string;
  /** Reads a file by its path from the environment's own. */
  readonly read: (path: string) => string;
}

export function accessOf({ vpn, ...rest }: AccessFile, { targetSubnet, read }: AccessDefaults): AccessConfig {
  const { authentication, target_subnets = [targetSubnet] } = vpn;
  return { ...rest, vpn: { ...vpn, target_subnets, authentication: authenticationOf(authentication, read) } };
}

function authenticationOf(
  { kind, provider_arn: arn, metadata_file: file, portal_provider_arn }: VpnFile["authentication"],
  read: AccessDefaults["read"],
): VpnAuthentication {
  if (kind === "certificate") return { kind };
  const provider = arn === undefined ? { metadata: read(file ?? "") } : { arn };
  return {
    kind,
    provider,
    ...(portal_provider_arn === undefined ? {} : { portalProviderArn: portal_provider_arn }),
  };
}
