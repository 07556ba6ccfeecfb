import type { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import type { Place } from "../../policies/arn";
import { endpointPolicy } from "../../policies/endpoints";
import { SecurityGroup, tcp } from "../private-sg/security-group";
import { onePerZone, type RoutedSubnet } from "../subnets/subnets";
import type { VpcReference } from "../vpc/vpc";

export interface EndpointGroupProps {
  readonly vpc: VpcReference;
  readonly namePrefix: string;
}

export interface EndpointsProps extends EndpointGroupProps {
  readonly place: Place;
  readonly subnets: readonly RoutedSubnet[];
  /** Services with an interface endpoint, as in `com.amazonaws.<region>.<service>`. */
  readonly services: readonly string[];
}

/** In China these are named `cn.com.amazonaws…`, all others `com.amazonaws…`. Source: AWS CDK, `InterfaceVpcEndpointAwsService`. */
const reversedInChina = new Set(
  [
    "athena",
    "autoscaling",
    "cloudformation",
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "kinesis-streams",
    "lambda",
  ].concat(["monitoring", "rds", "sqs", "states", "sts"]),
);

/** In the European Sovereign Cloud these are named `eu.amazonaws…`. Source: as above. */
const reversedInSovereignCloud = new Set(["ecr.api", "ecr.dkr"]);

/** The group of interface endpoints, open to the VPC on 443; endpoints start nothing themselves. */
export class EndpointGroup extends Construct {
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: EndpointGroupProps) {
    super(scope, id);
    this.securityGroup = new SecurityGroup(this, "interface", {
      vpc: props.vpc,
      name: `${props.namePrefix}-endpoints`,
      description: "Interface endpoints of AWS services",
    });
    this.securityGroup.allowFrom(
      "https_from_vpc",
      { cidr: props.vpc.cidrBlock },
      tcp(443),
      "HTTPS from the VPC",
    );
  }
}

/**
 * What private subnets reach without leaving AWS: S3 by a gateway endpoint on their route tables, other services by
 * interface endpoints in one subnet of each zone, with private DNS. What passes is what this account asks of itself, and
 * what of AWS's own the platform needs.
 * Sources: AWS PrivateLink Guide, "Gateway endpoints for Amazon S3" and "Access an AWS service using an interface VPC endpoint".
 */
export class Endpoints extends EndpointGroup {
  readonly s3: VpcEndpoint;
  /** The interface endpoints by service. */
  readonly interfaces: ReadonlyMap<string, VpcEndpoint>;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id, props);
    this.s3 = this.gateway(
      props,
      props.subnets.map((subnet) => subnet.routeTable),
    );
    this.interfaces = new Map(
      [...props.services].sort().map((service) => [service, this.interface(props, service)]),
    );
  }

  private gateway(props: EndpointsProps, routeTables: readonly RouteTable[]): VpcEndpoint {
    return new VpcEndpoint(this, "s3", {
      vpcId: props.vpc.id,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${props.place.region}.s3`,
      routeTableIds: routeTables.map((table) => table.id),
      policy: endpointPolicy("s3", props.place),
      tags: { Name: `${props.namePrefix}-s3` },
    });
  }

  private interface(props: EndpointsProps, service: string): VpcEndpoint {
    const words = service.replaceAll(/[.-]/g, "_");
    return new VpcEndpoint(this, words, {
      vpcId: props.vpc.id,
      vpcEndpointType: "Interface",
      serviceName: interfaceServiceName(service, props.place.region),
      subnetIds: onePerZone(props.subnets).map((placed) => placed.subnet.id),
      securityGroupIds: [this.securityGroup.id],
      privateDnsEnabled: true,
      policy: endpointPolicy(service, props.place),
      tags: { Name: `${props.namePrefix}-${service.replaceAll(".", "-")}` },
    });
  }
}

/** The full name of a service's interface endpoint in a region. */
export function interfaceServiceName(service: string, region: string): string {
  return `${servicePrefix(service, region)}.${region}.${service}`;
}

function servicePrefix(service: string, region: string): string {
  if (region.startsWith("cn-") && reversedInChina.has(service)) return "cn.com.amazonaws";
  if (region.startsWith("eusc-") && reversedInSovereignCloud.has(service)) return "eu.amazonaws";
  return "com.amazonaws";
}
