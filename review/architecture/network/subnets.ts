import type { Kind } from "../drawing";
import { type Estate, type Resource, textOf } from "../estate";

/** How a subnet reaches what is outside of it. */
export interface Subnet {
  readonly resource: Resource;
  readonly zone: string;
  readonly tier: Extract<Kind, "public" | "private" | "isolated">;
  /** The gateways that its route table sends traffic to. */
  readonly gateways: readonly Resource[];
}

/** The order of tiers from the internet inwards. */
export const tiers = ["public", "private", "isolated"] as const;

/** The zone of a subnet. */
export function zoneOf({ body }: Resource): string {
  return textOf(body.availability_zone) || "zone chosen by AWS";
}

/** How traffic leaves a subnet, in words. */
export function wayOut(estate: Estate, { zone, tier, gateways }: Subnet): string {
  if (tier === "public") return "public: a route to the internet";
  if (tier === "isolated") return "isolated: no route out";
  const elsewhere = gateways
    .flatMap((gateway) => estate.named(gateway, gateway.body.subnet_id ?? null))
    .map(zoneOf)
    .filter((place) => place !== zone);
  return elsewhere.length > 0
    ? `private: out through NAT in ${elsewhere.join()}`
    : "private: out through NAT";
}

function gatewaysOf(estate: Estate, subnet: Resource): readonly Resource[] {
  const tables = estate
    .referring(subnet, "aws_route_table_association")
    .flatMap((association) => estate.named(association, association.body.route_table_id));
  return estate
    .all("aws_route", "aws_vpc_endpoint")
    .filter((way) => estate.named(way).some((named) => tables.includes(named)))
    .flatMap((way) => (way.type === "aws_vpc_endpoint" ? [way] : estate.named(way)))
    .filter(({ type }) => type !== "aws_route_table");
}

function tierOf(gateways: readonly Resource[]): Subnet["tier"] {
  if (gateways.some(({ type }) => type === "aws_internet_gateway")) return "public";
  return gateways.some(({ type }) => type === "aws_nat_gateway") ? "private" : "isolated";
}

/** The subnets of a VPC, by zone and from the internet inwards. */
export function subnetsOf(estate: Estate, vpc: Resource): readonly Subnet[] {
  const subnets = estate.referring(vpc, "aws_subnet").map((resource): Subnet => {
    const gateways = gatewaysOf(estate, resource);
    return { resource, zone: zoneOf(resource), tier: tierOf(gateways), gateways };
  });
  const rank = ({ zone, tier }: Subnet) => `${zone} ${tiers.indexOf(tier)}`;
  return subnets.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}
