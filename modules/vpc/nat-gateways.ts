import { Eip } from "@cdktf/provider-aws/lib/eip";
import type { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";
import { onePerZone, type RoutedSubnet } from "../subnets/subnets";

export interface NatGatewaysProps {
  readonly internetGateway: InternetGateway;
  readonly public: readonly RoutedSubnet[];
  readonly private: readonly RoutedSubnet[];
  readonly namePrefix: string;
  /** One gateway in each zone that has a private subnet, one for all of them, or no way out at all. */
  readonly placement: "per_zone" | "single" | "none";
}

/**
 * NAT gateways with their Elastic IPs in public subnets, and the private subnets' default routes through them.
 * Both wait for the internet gateway, which the address needs and which no reference says.
 * Source: Amazon VPC User Guide, "NAT gateway basics".
 */
export class NatGateways extends Construct {
  /** The gateways by zone. */
  readonly gateways: ReadonlyMap<string, NatGateway>;

  constructor(scope: Construct, id: string, props: NatGatewaysProps) {
    super(scope, id);
    const zones = new Set(props.private.map((subnet) => subnet.zone));
    const publicSubnets = onePerZone(props.public);
    const hosts = {
      per_zone: publicSubnets.filter((host) => zones.has(host.zone)),
      single: publicSubnets.slice(0, 1),
      none: [],
    }[props.placement];
    this.gateways = new Map(hosts.map((host) => [host.zone, this.gateway(props, host)]));
    if (props.placement === "none") return;
    for (const subnet of props.private) this.defaultRoute(props, subnet);
  }

  private gateway(props: NatGatewaysProps, host: RoutedSubnet): NatGateway {
    const scope = new Construct(this, host.zone);
    const tags = { Name: `${props.namePrefix}-nat-${host.zone}` };
    const dependsOn = [props.internetGateway];
    const address = new Eip(scope, "eip", { domain: "vpc", tags, dependsOn });
    return new NatGateway(scope, "nat_gateway", {
      allocationId: address.id,
      subnetId: host.subnet.id,
      tags,
      dependsOn,
    });
  }

  private defaultRoute(props: NatGatewaysProps, subnet: RoutedSubnet): void {
    const gateway =
      props.placement === "single" ? [...this.gateways.values()][0] : this.gateways.get(subnet.zone);
    if (!gateway) {
      throw new Error(
        `subnet ${subnet.name}: no public subnet in zone ${subnet.zone} to hold its NAT gateway; add one, or set nat_gateways = "single"`,
      );
    }
    new Route(this, subnet.name, {
      routeTableId: subnet.routeTable.id,
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: gateway.id,
    });
  }
}
