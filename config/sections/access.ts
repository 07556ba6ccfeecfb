import { z } from "zod";
import { contains, formatCidr, overlaps, parseCidr } from "../../base/cidr";
import type { Path, Report } from "../problems";
import type { DocumentedRule } from "../rule";
import { addressName, cidr, distinct, logRetention, oneOfNumbers, text } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";
import type { networkSchema } from "./network";
import {
  authenticationOf,
  authenticationRules,
  authenticationSchema,
  type VpnAuthentication,
} from "./vpn-authentication";

/** Hours of a session. Source: AWS Client VPN Administrator Guide, "Maximum VPN session duration timeout". */
const offeredHours = [8, 10, 12, 24];

const sessionHours = () => oneOfNumbers(offeredHours, "is not a number of hours that Client VPN offers");

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
const accessSchema = z.strictObject({
  vpn: vpnSchema.prefault({}).describe("AWS Client VPN into the private network."),
});

type AccessFile = z.output<typeof accessSchema>;
type VpnFile = AccessFile["vpn"];

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

type Parts = ValidParts<{
  access: z.output<typeof accessSchema>;
  network: z.output<typeof networkSchema>;
}>;

const vpnOf = ({ access }: Parts) => (access?.vpn?.enabled === false ? undefined : access?.vpn);

/**
 * The subnets exist and are big enough.
 * Source: AWS Client VPN Administrator Guide, "Rules and best practices".
 */
function targetSubnetRule(parts: Parts, report: Report): void {
  const known = knownSubnets(parts);
  vpnOf(parts)?.target_subnets?.forEach((name, index) => {
    const subnet = known?.get(name);
    const problem = (message: string, remedy: string) =>
      report(["access", "vpn", "target_subnets", index], message, remedy);
    if (known !== undefined && subnet === undefined) {
      problem("is no subnet of network", `use one of ${[...known.keys()].join(", ")}`);
    }
    const prefix = parseCidr(subnet?.cidr ?? "")?.prefix;
    if (prefix !== undefined && prefix > 27) {
      problem(`is a range of size /${prefix}`, "use a subnet of /27 or larger");
    }
  });
}

/** No two of the subnets are in one zone. Source: as above. */
function targetZoneRule(parts: Parts, report: Report): void {
  const known = knownSubnets(parts);
  const names = vpnOf(parts)?.target_subnets ?? [];
  names.forEach((name, index) => {
    const zone = known?.get(name)?.zone;
    const other = names.slice(0, index).find((earlier) => known?.get(earlier)?.zone === zone);
    if (zone === undefined || other === undefined) return;
    const message = `is in zone ${zone}, as is ${other}`;
    report(["access", "vpn", "target_subnets", index], message, "use one subnet of a zone");
  });
}

interface Subnet {
  readonly zone?: string | undefined;
  /** @default none: the subnet is there already, and its range is not said */
  readonly cidr?: string | undefined;
}

/** The public and private subnets by kind and name, whether created or there; undefined when they are not known. */
function knownSubnets({ network }: Parts): Map<string, Subnet> | undefined {
  const { public_subnets, private_subnets } = network?.existing ?? network ?? {};
  if (public_subnets === undefined || private_subnets === undefined) return undefined;
  const named = (kind: string, subnets: Readonly<Record<string, Subnet | undefined>>) =>
    Object.entries(subnets).map(([name, subnet]) => [`${kind}_${name}`, subnet ?? {}] as const);
  return new Map([...named("public", public_subnets), ...named("private", private_subnets)]);
}

/** The VPN leads into the VPC and nowhere else: it has no other route. */
function authorizedRangeRule(parts: Parts, report: Report): void {
  const vpc = parseCidr(parts.network?.vpc_cidr ?? "");
  for (const [name, authorization] of authorizationsOf(parts)) {
    const range = parseCidr(authorization?.cidr ?? "");
    if (vpc === undefined || range === undefined || contains(vpc, range)) continue;
    const how = overlaps(vpc, range) ? "is larger than" : "is outside";
    const message = `${how} network.vpc_cidr ${formatCidr(vpc)}`;
    report(authorizationAt(name, "cidr"), message, "use a range inside it: there is no other route");
  }
}

/** Groups are those of a directory. Source: AWS Client VPN Administrator Guide, "Authorization rules". */
function authorizedGroupRule(parts: Parts, report: Report): void {
  if (vpnOf(parts)?.authentication?.kind !== "certificate") return;
  for (const [name, authorization] of authorizationsOf(parts)) {
    if (authorization?.group === undefined) continue;
    const remedy = 'remove it, or use authentication kind "saml"';
    report(authorizationAt(name, "group"), "needs a directory that knows groups", remedy);
  }
}

/** An endpoint without an authorization lets people connect to nothing. */
function someAuthorizationRule(parts: Parts, report: Report): void {
  const { enabled, authorizations } = vpnOf(parts) ?? {};
  if (enabled === false || authorizations === undefined || Object.keys(authorizations).length > 0) return;
  const remedy = "add one, such as { vpc = {} }, or set access.vpn.enabled = false";
  report(["access", "vpn", "authorizations"], "lets nobody reach anything", remedy);
}

/** AWS refuses a rule that is there already. */
function distinctAuthorizationRule(parts: Parts, report: Report): void {
  const seen = new Map<string, string>();
  for (const [name, authorization] of authorizationsOf(parts)) {
    const key = `${authorization?.cidr ?? parts.network?.vpc_cidr} ${authorization?.group ?? ""}`;
    const twin = seen.get(key);
    if (twin !== undefined) {
      report(authorizationAt(name), `says the same as ${twin}`, "remove one of the two");
    }
    seen.set(key, twin ?? name);
  }
}

const authorizationsOf = (parts: Parts) => Object.entries(vpnOf(parts)?.authorizations ?? {});
const authorizationAt = (...at: string[]): Path => ["access", "vpn", "authorizations", ...at];

const rules: readonly DocumentedRule<Parts>[] = [
  ...authenticationRules,
  {
    says: "The VPN's target subnets exist, are /27 or larger, and lie in zones of their own.",
    check: [targetSubnetRule, targetZoneRule],
  },
  {
    says: "What the VPN's authorizations name lies inside the VPC, and none is there twice.",
    check: [authorizedRangeRule, authorizedGroupRule, distinctAuthorizationRule, someAuthorizationRule],
  },
];

/** Section `access`. */
export const accessSection = {
  schema: accessSchema.prefault({}).describe("How people come in."),
  rules,
};
