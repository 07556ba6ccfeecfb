import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { partitionOf } from "../catalogue/regions";
import { contains, formatCidr, overlaps, parseCidr } from "../cidr";
import type { Path, Report } from "../problems";
import type { Parts } from "./rule";

const authenticationAt = (key: string): Path => ["access", "vpn", "authentication", key];
const vpnOf = ({ access }: Parts) => (access?.vpn?.enabled === false ? undefined : access?.vpn);

/** What belongs to SAML is there with SAML, and only then. */
export function authenticationRule(parts: Parts, report: Report): void {
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
export function samlProviderRule(parts: Parts, report: Report): void {
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

export function metadataFileRule(
  parts: Parts,
  report: Report,
  { directory }: { readonly directory: string },
): void {
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

/**
 * The subnets exist and are big enough.
 * Source: AWS Client VPN Administrator Guide, "Rules and best practices".
 */
export function targetSubnetRule(parts: Parts, report: Report): void {
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
export function targetZoneRule(parts: Parts, report: Report): void {
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
export function authorizedRangeRule(parts: Parts, report: Report): void {
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
export function authorizedGroupRule(parts: Parts, report: Report): void {
  if (vpnOf(parts)?.authentication?.kind !== "certificate") return;
  for (const [name, authorization] of authorizationsOf(parts)) {
    if (authorization?.group === undefined) continue;
    const remedy = 'remove it, or use authentication kind "saml"';
    report(authorizationAt(name, "group"), "needs a directory that knows groups", remedy);
  }
}

/** AWS refuses a rule that is there already. */
export function distinctAuthorizationRule(parts: Parts, report: Report): void {
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
