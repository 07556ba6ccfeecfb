import { z } from "zod";
import { type Cidr, contains, firstFree, formatCidr, overlaps, parseCidr } from "../../base/cidr";
import {
  endpointsWithoutNat,
  interfaceEndpoints,
  requiredInterfaceEndpoints,
} from "../catalogue/interface-endpoints";
import type { Path, Report } from "../problems";
import type { DocumentedRule, FileFacts } from "../rule";
import { addressName, cidr, distinct, logRetention, tagValue, text } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";
import { existingNetworkRules, existingNetworkSchema } from "./existing-network";
import { networkRoomRules } from "./network-room";

const subnet = (example: string) =>
  z.strictObject({
    cidr: cidr(16, 28, example).describe(
      "Range of the subnet, inside `vpc_cidr` and apart from every other subnet.",
    ),
    zone: text(/^[a-f]$/, "the letter of an availability zone, a to f").describe(
      "Letter of the availability zone: `a` means `<region>a`.",
    ),
  });

const flowLogsSchema = z.strictObject({
  traffic: z
    .enum(["ALL", "REJECT"])
    .default("ALL")
    .describe("Which connections are written down: all, or those that were refused: cheaper."),
  retention_days: logRetention().default(365).describe("Days the log is kept."),
});

/** The VPC and its subnets. Sizes: Amazon VPC User Guide, "VPC CIDR blocks" and "Subnet CIDR blocks". */
export const networkSchema = z.strictObject({
  vpc_name: tagValue().default("big-data-VPC").describe("Name tag of the VPC."),
  vpc_cidr: cidr(16, 28, "10.100.0.0/16").default("10.100.0.0/16").describe("Private range of the VPC."),
  public_subnets: z
    .record(addressName(), subnet("10.100.0.0/24"))
    .default({ vpn: { cidr: "10.100.0.0/24", zone: "a" }, application: { cidr: "10.100.1.0/24", zone: "b" } })
    .describe("Subnets with a route to the internet gateway, by name; they hold the NAT gateways."),
  private_subnets: z
    .record(addressName(), subnet("10.100.3.0/24"))
    .default({ a: { cidr: "10.100.3.0/24", zone: "a" }, b: { cidr: "10.100.4.0/24", zone: "b" } })
    .describe(
      "Subnets of EMR and MWAA, by name, in two zones at least. MWAA uses the first two zones in alphabetical order.",
    ),
  database_subnets: z
    .record(addressName(), subnet("10.100.5.0/24"))
    .default({ a: { cidr: "10.100.5.0/24", zone: "a" }, b: { cidr: "10.100.6.0/24", zone: "b" } })
    .describe("Subnets of databases, by name, in two zones at least, without any route out of the VPC."),
  nat_gateways: z
    .enum(["per_zone", "single", "none"])
    .default("per_zone")
    .describe(
      "One NAT gateway in each zone that has a private subnet; one for all: cheaper, and lost with its zone; or none: nothing leaves but to AWS, by endpoints.",
    ),
  endpoints: z
    .enum(["perimeter", "minimal"])
    .default("perimeter")
    .describe(
      "`perimeter`: what the platform asks of AWS goes through endpoints that admit this account alone, about 60 $ a month for the four defaults in two zones. `minimal`: S3's free gateway endpoint alone, the rest through the NAT gateway.",
    ),
  interface_endpoints: distinct(z.enum(interfaceEndpoints), 1, 50)
    .default([...requiredInterfaceEndpoints])
    .describe(
      "Services reached through an interface endpoint instead of the NAT gateway, where `endpoints` is `perimeter`. The defaults are its minimum.",
    ),
  flow_logs: flowLogsSchema.prefault({}).describe("The log of connections in the VPC."),
  existing: existingNetworkSchema.optional().meta({
    description: "A VPC that is there, instead of one that is created.",
    absent: "none",
  }),
  vpn_client_cidr: cidr(12, 22, "10.0.0.0/16")
    .default("10.0.0.0/16")
    .describe(
      "Range reserved for Client VPN users, outside `vpc_cidr`; it cannot be changed once the VPN exists.",
    ),
});

type Parts = ValidParts<{
  network: z.output<typeof networkSchema>;
  processing: { compute: string };
}>;

interface Subnet {
  readonly path: Path;
  readonly range: Cidr;
}

/** RFC 1918 and, for carrier-grade NAT, RFC 6598: a VPC on public addresses hides the hosts that own them. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

function isPrivate(range: Cidr): boolean {
  return privateRanges.some((outer) => contains(rangeOf(outer) ?? range, range));
}

const kinds = ["public_subnets", "private_subnets", "database_subnets"] as const;

/** The VPC's range is private, its subnets lie inside it, and none meets another. */
function subnetRules({ network }: Parts, report: Report): void {
  const range = rangeOf(network?.vpc_cidr);
  const subnets = network?.existing ? [] : kinds.flatMap((kind) => subnetsOf(network, kind));
  if (range !== undefined && !isPrivate(range))
    report(["network", "vpc_cidr"], "is not a private range", `use a part of ${privateRanges.join(", ")}`);
  // Another range will be written there, so nothing is said of what lies outside this one.
  const vpc = range !== undefined && isPrivate(range) ? range : undefined;
  if (vpc !== undefined) reportOutsiders(vpc, subnets, report);
  reportOverlaps(vpc, subnets, report);
}

/**
 * The range of VPN clients is no part of the VPC.
 * Source: AWS Client VPN Administrator Guide, "Rules and best practices".
 */
function vpnRules({ network }: Parts, report: Report): void {
  const vpc = rangeOf(network?.vpc_cidr);
  const clients = rangeOf(network?.vpn_client_cidr);
  if (clients !== undefined && !isPrivate(clients)) {
    const remedy = `use a part of ${privateRanges.join(", ")}`;
    report(["network", "vpn_client_cidr"], "is not a private range", remedy);
  }
  if (vpc === undefined || clients === undefined || !overlaps(vpc, clients)) return;
  const free = firstFree({ first: 0x0a000000, last: 0x0affffff, prefix: 8 }, clients.prefix, [vpc]);
  const message = `overlaps network.vpc_cidr ${formatCidr(vpc)}`;
  report(["network", "vpn_client_cidr"], message, `use a range outside it${example(free)}`);
}

function reportOutsiders(vpc: Cidr, subnets: readonly Subnet[], report: Report): void {
  const taken = subnets.map(({ range }) => range).filter((range) => contains(vpc, range));
  for (const { path, range } of subnets) {
    if (contains(vpc, range)) continue;
    const free = firstFree(vpc, range.prefix, taken);
    if (free !== undefined) taken.push(free);
    const message = `is outside network.vpc_cidr ${formatCidr(vpc)}`;
    report(path, message, `use a range inside it${example(free)}`);
  }
}

function reportOverlaps(vpc: Cidr | undefined, subnets: readonly Subnet[], report: Report): void {
  const taken = subnets.map(({ range }) => range);
  subnets.forEach(({ path, range }, index) => {
    const other = subnets.slice(0, index).find((earlier) => overlaps(earlier.range, range));
    if (other === undefined) return;
    const free = vpc && firstFree(vpc, range.prefix, taken);
    if (free !== undefined) taken.push(free);
    const message = `overlaps ${other.path.slice(0, -1).join(".")} ${formatCidr(other.range)}`;
    report(path, message, `use a range apart from it${example(free)}`);
  });
}

function subnetsOf(network: Parts["network"], kind: (typeof kinds)[number]): Subnet[] {
  return Object.entries(network?.[kind] ?? {}).flatMap(([name, subnet]) => {
    const range = rangeOf(subnet?.cidr);
    return range === undefined ? [] : [{ path: ["network", kind, name, "cidr"], range }];
  });
}

function rangeOf(text: string | undefined): Cidr | undefined {
  return text === undefined ? undefined : parseCidr(text);
}

function example(free: Cidr | undefined): string {
  return free === undefined ? "" : `, for example ${formatCidr(free)}`;
}

/**
 * MWAA takes two private subnets in two zones, and so does a database's subnet group.
 * Sources: Amazon MWAA User Guide, "About networking on Amazon MWAA"; Amazon RDS User Guide, "Working with a DB
 * instance in a VPC".
 */
function zoneRules({ network }: Parts, report: Report): void {
  const needs = { private_subnets: "MWAA", database_subnets: "RDS" } as const;
  const section = network?.existing ? ["network", "existing"] : ["network"];
  for (const kind of ["private_subnets", "database_subnets"] as const) {
    const zones = zonesOf((network?.existing ?? network)?.[kind]);
    if (zones === undefined || zones.size >= 2) continue;
    const message = zones.size === 0 ? "has no subnet" : `has subnets in zone ${[...zones]} only`;
    const remedy = `use at least two subnets, in two zones: ${needs[kind]} needs both`;
    report([...section, kind], message, remedy);
  }
}

/** A NAT gateway stands in a public subnet: one in every private zone, or a single one anywhere. */
function natRule({ network }: Parts, report: Report): void {
  if (network?.existing || network?.nat_gateways === "none") return;
  const publicZones = zonesOf(network?.public_subnets);
  const privateZones = zonesOf(network?.private_subnets);
  if (publicZones?.size === 0) {
    report(
      ["network", "public_subnets"],
      "has no subnet",
      "use at least one: NAT gateways stand in public subnets",
    );
  } else if (network?.nat_gateways === "per_zone" && publicZones && privateZones) {
    const missing = [...privateZones].filter((zone) => !publicZones.has(zone)).sort();
    if (missing.length === 0) return;
    const message = `needs a public subnet in zone ${missing.join(" and ")}, which has private subnets`;
    report(["network", "nat_gateways"], message, 'add it to network.public_subnets, or use "single"');
  }
}

/** What the platform sends to AWS by endpoints whatever else there is, and what has no other way without a NAT gateway. */
function endpointRule({ network, processing }: Parts, report: Report): void {
  const endpoints = network?.interface_endpoints;
  if (endpoints === undefined || network?.endpoints === "minimal") return;
  const closed = network?.nat_gateways === "none";
  const serverless = processing?.compute === "emr_serverless" ? (["emr-serverless"] as const) : [];
  const required = closed ? [...endpointsWithoutNat, ...serverless] : requiredInterfaceEndpoints;
  const missing = required.filter((service) => !endpoints.includes(service));
  if (missing.length === 0) return;
  const reason = closed ? 'nat_gateways = "none" leaves MWAA and EMR no other way' : "the platform needs it";
  report(["network", "interface_endpoints"], `lacks ${missing.join(", ")}`, `add what is missing: ${reason}`);
}

/** S3 alone has a gateway endpoint: everything else then needs a way out, and no list. */
function minimalRule({ network }: Parts, report: Report, file: FileFacts): void {
  if (network?.endpoints !== "minimal" || network.existing) return;
  const path = ["network", "endpoints"];
  if (network.nat_gateways === "none")
    report(path, 'leaves MWAA and EMR no way to AWS with nat_gateways = "none"', 'use "perimeter"');
  if (file.says(["network", "interface_endpoints"]))
    report(path, "makes none of network.interface_endpoints", 'remove them, or use "perimeter"');
}

/** The zones of the subnets; `undefined` when one is not known, since then nothing can be said of all of them. */
function zonesOf(
  subnets: Readonly<Record<string, { readonly zone?: string } | undefined>> | undefined,
): Set<string> | undefined {
  const zones = Object.values(subnets ?? {}).map((subnet) => subnet?.zone);
  return subnets === undefined || zones.includes(undefined) ? undefined : new Set(zones as string[]);
}

const alsoWithoutNat = endpointsWithoutNat
  .filter((service) => !requiredInterfaceEndpoints.some((always) => always === service))
  .map((service) => `\`${service}\``)
  .join(", ");

const rules: readonly DocumentedRule<Parts>[] = [
  ...existingNetworkRules,
  {
    says: "The VPC's range is private; every subnet lies inside it, and no two subnets meet.",
    check: [subnetRules],
  },
  { says: "The range of VPN clients is private and lies outside the VPC.", check: [vpnRules] },
  { says: "Private subnets lie in at least two zones, and so do those of databases.", check: [zoneRules] },
  {
    says: "A single NAT gateway needs one public subnet; one per zone needs a public subnet in every zone that has a private one; none needs none.",
    check: [natRule],
  },
  {
    says: `\`interface_endpoints\` contains what the platform cannot run without: the defaults, and without a NAT gateway also ${alsoWithoutNat}, and \`emr-serverless\` where runs compute on it.`,
    check: [endpointRule],
  },
  {
    says: '`endpoints` is `"minimal"` only with a NAT gateway, and without `interface_endpoints`.',
    check: [minimalRule],
  },
];

/** Section `network`. */
export const networkSection = {
  schema: networkSchema.prefault({}).describe("The VPC, its subnets and endpoints."),
  rules: [...rules, ...networkRoomRules],
};
