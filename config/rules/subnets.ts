import { type Cidr, contains, firstFree, formatCidr, overlaps, parseCidr } from "../cidr";
import type { Path, Report } from "../problems";
import type { Parts } from "./rule";

interface Subnet {
  readonly path: Path;
  readonly range: Cidr;
}

/** RFC 1918 and, for carrier-grade NAT, RFC 6598: a VPC on public addresses hides the hosts that own them. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

const kinds = ["public_subnets", "private_subnets", "database_subnets"] as const;

/** The VPC's range is private, its subnets lie inside it, and none meets another. */
export function subnetRules({ network }: Parts, report: Report): void {
  const vpc = rangeOf(network?.vpc_cidr);
  const subnets = network?.existing ? [] : kinds.flatMap((kind) => subnetsOf(network, kind));
  if (vpc !== undefined) {
    if (!privateRanges.some((range) => contains(rangeOf(range) ?? vpc, vpc))) {
      report(["network", "vpc_cidr"], "is not a private range", `use a part of ${privateRanges.join(", ")}`);
    }
    reportOutsiders(vpc, subnets, report);
  }
  reportOverlaps(vpc, subnets, report);
}

/**
 * The range of VPN clients is no part of the VPC.
 * Source: AWS Client VPN Administrator Guide, "Rules and best practices".
 */
export function vpnRules({ network }: Parts, report: Report): void {
  const vpc = rangeOf(network?.vpc_cidr);
  const clients = rangeOf(network?.vpn_client_cidr);
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
