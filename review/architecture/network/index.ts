import { boxOf, idOf } from "../box";
import { type Arrow, type Box, betweenDrawn, type Drawing } from "../drawing";
import { type Estate, keyOf, type Resource, textOf } from "../estate";
import { gatewayEndpoints, occupantsOf, serviceOf } from "./occupants";
import { type Subnet, subnetsOf, tiers, wayOut, zoneOf } from "./subnets";

const internet: Box = { id: "internet", title: "Internet", lines: [], kind: "outside" };
const people: Box = { id: "people", title: "People", lines: ["with a certificate"], kind: "outside" };

function subnetBox(estate: Estate, subnet: Subnet): Box {
  const { resource, tier } = subnet;
  const nacl = estate.referring(resource, "aws_network_acl");
  const associations = estate.referring(resource, "aws_route_table_association");
  return boxOf([resource, ...nacl, ...associations], {
    title: textOf(resource.body.tags && (resource.body.tags as { Name?: string }).Name) || resource.name,
    lines: [textOf(resource.body.cidr_block), wayOut(estate, subnet)],
    kind: tier,
    packed: true,
    children: occupantsOf(estate, resource),
  });
}

function zoneBox(estate: Estate, vpc: Resource, zone: string, subnets: readonly Subnet[]): Box {
  const children = subnets.map((subnet) => subnetBox(estate, subnet));
  return { id: `${keyOf(vpc)} ${zone}`, title: zone, lines: [], kind: "zone", children };
}

function endpointBoxes(estate: Estate, vpc: Resource): readonly Box[] {
  return gatewayEndpoints(estate, vpc).map((endpoint) =>
    boxOf([endpoint], { title: "Gateway endpoint", lines: [serviceOf(endpoint)], kind: "gateway" }),
  );
}

function gatewayBoxes(estate: Estate, vpc: Resource): readonly Box[] {
  return estate
    .referring(vpc, "aws_internet_gateway")
    .map((gateway) => boxOf([gateway], { title: "Internet gateway", kind: "gateway" }));
}

function vpcBox(estate: Estate, vpc: Resource, subnets: readonly Subnet[]): Box {
  const zones = [...new Set(subnets.map(({ zone }) => zone))].map((zone) =>
    zoneBox(
      estate,
      vpc,
      zone,
      subnets.filter((subnet) => subnet.zone === zone),
    ),
  );
  return boxOf([vpc], {
    title: `VPC ${textOf(vpc.body.cidr_block)}`,
    kind: "vpc",
    children: [...gatewayBoxes(estate, vpc), ...zones, ...endpointBoxes(estate, vpc)],
  });
}

/** The way of people into the network: associations with subnets belong to the endpoint. */
function vpnBoxes(estate: Estate): readonly Box[] {
  return estate.all("aws_ec2_client_vpn_endpoint").map((endpoint) =>
    boxOf(
      [
        endpoint,
        ...estate.referring(
          endpoint,
          "aws_ec2_client_vpn_network_association",
          "aws_ec2_client_vpn_authorization_rule",
        ),
      ],
      {
        title: "Client VPN",
        lines: [`addresses of ${textOf(endpoint.body.client_cidr_block)}`],
        kind: "gateway",
      },
    ),
  );
}

function vpnArrows(estate: Estate): readonly Arrow[] {
  const associations = estate.all("aws_ec2_client_vpn_network_association");
  const arrows = associations.flatMap((association) => {
    const [endpoint] = estate.named(association, association.body.client_vpn_endpoint_id);
    const [subnet] = estate.named(association, association.body.subnet_id);
    return endpoint && subnet ? [{ from: idOf(endpoint), to: idOf(subnet) }] : [];
  });
  return [
    ...estate.all("aws_ec2_client_vpn_endpoint").map((endpoint) => ({ from: people.id, to: idOf(endpoint) })),
    ...arrows,
  ];
}

/** A subnet's ways out, to the gateways of its route table; a NAT gateway of another zone is named in the subnet. */
function wayArrows(estate: Estate, { resource, gateways }: Subnet): readonly Arrow[] {
  return gateways.flatMap((gateway): readonly Arrow[] => {
    if (gateway.type !== "aws_nat_gateway") return [{ from: idOf(resource), to: idOf(gateway) }];
    const [place] = estate.named(gateway, gateway.body.subnet_id);
    if (!place || zoneOf(place) !== zoneOf(resource)) return [];
    return [{ from: idOf(resource), to: idOf(place) }];
  });
}

/** In every zone the tiers stand above each other, the one next to the internet on top. */
function tierArrows(subnets: readonly Subnet[]): readonly Arrow[] {
  return subnets.flatMap((upper) =>
    subnets
      .filter((lower) => lower.zone === upper.zone && tiers.indexOf(lower.tier) > tiers.indexOf(upper.tier))
      .map((lower) => ({ from: idOf(lower.resource), to: idOf(upper.resource), hidden: true })),
  );
}

/** The network of an environment; undefined where it has none. */
export function networkOf(estate: Estate): Drawing | undefined {
  const vpcs = estate.all("aws_vpc");
  if (vpcs.length === 0) return undefined;
  const inside = vpcs.map((vpc) => ({ vpc, subnets: subnetsOf(estate, vpc) }));
  const vpn = vpnBoxes(estate);
  const gateways = estate.all("aws_internet_gateway");
  const boxes = [
    ...(gateways.length > 0 ? [internet] : []),
    ...(vpn.length > 0 ? [people] : []),
    ...vpn,
    ...inside.map(({ vpc, subnets }) => vpcBox(estate, vpc, subnets)),
  ];
  const arrows = [
    ...gateways.map((gateway) => ({ from: idOf(gateway), to: internet.id })),
    ...inside.flatMap(({ subnets }) => [
      ...tierArrows(subnets),
      ...subnets.flatMap((subnet) => wayArrows(estate, subnet)),
    ]),
    ...vpnArrows(estate),
  ];
  return {
    id: `network-${estate.environment}`,
    title: `Network of ${estate.environment}`,
    description:
      "Zones and subnets of the VPC with what stands in them; an arrow goes from where traffic starts to where it is sent.",
    direction: "UP",
    boxes,
    arrows: betweenDrawn(boxes, arrows),
  };
}
