import type { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";

export interface SubnetRange {
  readonly cidr: string;
  /** Letter of the availability zone: `a` means `<region>a`. */
  readonly zone: string;
}

export interface SubnetsProps {
  readonly vpc: Vpc;
  readonly internetGateway: InternetGateway;
  readonly region: string;
  /** First part of the `Name` tags. */
  readonly namePrefix: string;
  readonly public: Readonly<Record<string, SubnetRange>>;
  readonly private: Readonly<Record<string, SubnetRange>>;
  readonly database: Readonly<Record<string, SubnetRange>>;
}

/** A subnet with its place, whoever has created it. */
export interface PlacedSubnet {
  /** Tier and name: `private_a`. */
  readonly name: string;
  readonly zone: string;
  readonly subnet: { readonly id: string };
}

/** The subnets of each tier, by zone, then name. */
export interface Tiers {
  readonly public: readonly PlacedSubnet[];
  readonly private: readonly PlacedSubnet[];
  readonly database: readonly PlacedSubnet[];
}

/** A subnet and what routes its traffic. */
export interface RoutedSubnet extends PlacedSubnet {
  readonly subnet: Subnet;
  readonly routeTable: RouteTable;
}

/** EMR only acts on what carries it. Source: Amazon EMR Management Guide, "Tag resources for use with managed policies". */
export const emrTag = { key: "for-use-with-amazon-emr-managed-policies", value: "true" };

/**
 * Public subnets behind one route table to the internet gateway, private ones with a route table each, so that each can
 * leave through the NAT gateway of its own zone, and those of databases behind one table without any route out of the
 * VPC. All lists are in the order of zone, then name.
 */
export class Subnets extends Construct implements Tiers {
  readonly public: readonly RoutedSubnet[];
  readonly private: readonly RoutedSubnet[];
  readonly database: readonly RoutedSubnet[];
  readonly publicRouteTable: RouteTable;
  readonly databaseRouteTable: RouteTable;

  constructor(scope: Construct, id: string, props: SubnetsProps) {
    super(scope, id);
    const publicScope = new Construct(this, "public");
    this.publicRouteTable = routeTable(props, publicScope, `${props.namePrefix}-public`);
    new Route(publicScope, "internet", {
      routeTableId: this.publicRouteTable.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: props.internetGateway.id,
    });
    this.public = inOrder(props.public).map(([name, range]) =>
      this.place(props, `public_${name}`, range, () => this.publicRouteTable),
    );
    const ownTable = (subnetScope: Construct, name: string) => routeTable(props, subnetScope, name);
    this.private = inOrder(props.private).map(([name, range]) =>
      this.place(props, `private_${name}`, range, ownTable, { [emrTag.key]: emrTag.value }),
    );
    this.databaseRouteTable = routeTable(
      props,
      new Construct(this, "database"),
      `${props.namePrefix}-database`,
    );
    this.database = inOrder(props.database).map(([name, range]) =>
      this.place(props, `database_${name}`, range, () => this.databaseRouteTable),
    );
  }

  private place(
    props: SubnetsProps,
    id: string,
    range: SubnetRange,
    routeTableOf: (scope: Construct, name: string) => RouteTable,
    tags: Readonly<Record<string, string>> = {},
  ): RoutedSubnet {
    const scope = new Construct(this, id);
    const name = `${props.namePrefix}-${id.replaceAll("_", "-")}`;
    const subnet = new Subnet(scope, "subnet", {
      vpcId: props.vpc.id,
      cidrBlock: range.cidr,
      availabilityZone: `${props.region}${range.zone}`,
      tags: { Name: name, ...tags },
    });
    const routeTable = routeTableOf(scope, name);
    new RouteTableAssociation(scope, "route_table_association", {
      subnetId: subnet.id,
      routeTableId: routeTable.id,
    });
    return { name: id, zone: range.zone, subnet, routeTable };
  }
}

/** A table without routes: what it holds beside the VPC's own is added to it. */
function routeTable(props: SubnetsProps, scope: Construct, name: string): RouteTable {
  return new RouteTable(scope, "route_table", { vpcId: props.vpc.id, tags: { Name: name } });
}

/** The first subnet of each zone, in the order of the zones: endpoints and gateways take one of a zone. */
export function onePerZone<Placed extends PlacedSubnet>(subnets: readonly Placed[]): readonly Placed[] {
  return subnets.filter((one, index) => subnets.findIndex((other) => other.zone === one.zone) === index);
}

/** Subnets by zone, then name, whatever the order of the file. */
export function inOrder<Range extends { readonly zone: string }>(
  ranges: Readonly<Record<string, Range>>,
): [string, Range][] {
  const key = ([name, range]: [string, Range]) => `${range.zone} ${name}`;
  return Object.entries(ranges).sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
