import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsAcmCertificate } from "@cdktf/provider-aws/lib/data-aws-acm-certificate";
import { Ec2ClientVpnAuthorizationRule } from "@cdktf/provider-aws/lib/ec2-client-vpn-authorization-rule";
import { Ec2ClientVpnEndpoint } from "@cdktf/provider-aws/lib/ec2-client-vpn-endpoint";
import { Ec2ClientVpnNetworkAssociation } from "@cdktf/provider-aws/lib/ec2-client-vpn-network-association";
import { Construct } from "constructs";
import { cidrCovers } from "../../base/cidr";

/** Where the VPN leads. */
export interface VpnNetwork {
  readonly vpcId: string;
  readonly vpcCidr: string;
  /** Range of the clients, outside the VPC; fixed at creation. */
  readonly clientCidr: string;
  readonly securityGroupId: string;
  /** Ids of the subnets it is attached to, by the name of the subnet; no two in one zone. */
  readonly subnetIds: Readonly<Record<string, string>>;
}

/** How people prove who they are. */
export type VpnAuthentication =
  | { readonly kind: "certificate" }
  | {
      readonly kind: "saml";
      readonly providerArn: string;
      /** The SAML provider of the self-service portal. @default no portal */
      readonly portalProviderArn?: string;
    };

/** Who may reach what. */
export interface VpnAuthorization {
  /** @default the VPC */
  readonly cidr?: string | undefined;
  /** Id of a group of the directory. @default everybody */
  readonly group?: string | undefined;
}

export interface ClientVpnProps {
  /** The `Name` tag. */
  readonly name: string;
  readonly network: VpnNetwork;
  /** The tags by which ACM's one certificate of the server is known. */
  readonly certificateTags: Readonly<Record<string, string>>;
  readonly authentication: VpnAuthentication;
  readonly authorizations: Readonly<Record<string, VpnAuthorization>>;
  readonly sessionHours: number;
  /** At most 1,400 characters. */
  readonly banner: string;
  readonly logGroup: CloudwatchLogGroup;
}

/**
 * A Client VPN endpoint with split tunnel: only what is for the VPC goes through it, and names are resolved by the VPC,
 * or nobody would find the private web servers. The server's certificate is found in ACM by its tags; Terraform never
 * sees its key. It has to be the only one with them, so that a second one is an error and not a change of identity.
 * People's certificates are of the same authority, which ACM keeps as the chain of the server's.
 * Sources: AWS Client VPN Administrator Guide, "Mutual authentication in AWS Client VPN", "Split-tunnel on Client VPN
 * endpoints" and "Rules and best practices".
 */
export class ClientVpn extends Construct {
  readonly certificate: DataAwsAcmCertificate;
  readonly endpoint: Ec2ClientVpnEndpoint;
  readonly associations: readonly Ec2ClientVpnNetworkAssociation[];
  readonly authorizations: readonly Ec2ClientVpnAuthorizationRule[];

  constructor(scope: Construct, id: string, props: ClientVpnProps) {
    super(scope, id);
    this.certificate = new DataAwsAcmCertificate(this, "server", {
      tags: { ...props.certificateTags },
      statuses: ["ISSUED"],
      types: ["IMPORTED"],
      keyTypes: ["RSA_2048"],
    });
    this.endpoint = this.endpointOf(props);
    this.associations = this.attach(props.network);
    this.authorizations = [...this.authorize(props), ...this.authorizeResolver(props)];
  }

  private endpointOf(props: ClientVpnProps): Ec2ClientVpnEndpoint {
    const { network } = props;
    return new Ec2ClientVpnEndpoint(this, "client_vpn_endpoint", {
      description: "The way of people into the private network",
      clientCidrBlock: network.clientCidr,
      vpcId: network.vpcId,
      securityGroupIds: [network.securityGroupId],
      dnsServers: [resolverOf(network.vpcCidr)],
      splitTunnel: true,
      serverCertificateArn: this.certificate.arn,
      ...this.authenticationOf(props.authentication),
      sessionTimeoutHours: props.sessionHours,
      disconnectOnSessionTimeout: true,
      clientLoginBannerOptions: { enabled: true, bannerText: props.banner },
      connectionLogOptions: { enabled: true, cloudwatchLogGroup: props.logGroup.name },
      tags: { Name: props.name },
    });
  }

  private authenticationOf(authentication: VpnAuthentication) {
    if (authentication.kind === "certificate") {
      const rootCertificateChainArn = this.certificate.arn;
      return { authenticationOptions: [{ type: "certificate-authentication", rootCertificateChainArn }] };
    }
    const { providerArn: samlProviderArn, portalProviderArn } = authentication;
    const options = { type: "federated-authentication", samlProviderArn };
    if (portalProviderArn === undefined) return { authenticationOptions: [options] };
    return {
      authenticationOptions: [{ ...options, selfServiceSamlProviderArn: portalProviderArn }],
      selfServicePortal: "enabled",
    };
  }

  private attach({ subnetIds }: VpnNetwork): Ec2ClientVpnNetworkAssociation[] {
    const scope = new Construct(this, "target");
    return inOrder(subnetIds).map(([name, subnetId]) => {
      return new Ec2ClientVpnNetworkAssociation(scope, name, {
        clientVpnEndpointId: this.endpoint.id,
        subnetId,
      });
    });
  }

  private authorize({ authorizations, network }: ClientVpnProps): Ec2ClientVpnAuthorizationRule[] {
    const scope = new Construct(this, "allow");
    return inOrder(authorizations).map(([name, { cidr = network.vpcCidr, group }]) => {
      return new Ec2ClientVpnAuthorizationRule(scope, name, {
        clientVpnEndpointId: this.endpoint.id,
        description: name.replaceAll("_", " "),
        targetNetworkCidr: cidr,
        ...(group === undefined ? { authorizeAllGroups: true } : { accessGroupId: group }),
      });
    });
  }

  /**
   * Where somebody may reach less than the VPC, everybody may ask its resolver: clients with a DNS server that they cannot
   * reach resolve nothing at all, the internet's names included. One rule for all groups, because the most specific rule
   * decides: one for some groups would cut off the others.
   * Sources: AWS re:Post, "How does DNS work with my AWS Client VPN endpoint?"; AWS Client VPN Administrator Guide, "AWS
   * Client VPN authorization rules".
   */
  private authorizeResolver({ authorizations, network }: ClientVpnProps): Ec2ClientVpnAuthorizationRule[] {
    const resolver = `${resolverOf(network.vpcCidr)}/32`;
    const all = Object.values(authorizations);
    const narrower = all.some(({ cidr = network.vpcCidr }) => !cidrCovers(cidr, network.vpcCidr));
    const there = all.some(({ cidr, group }) => cidr === resolver && group === undefined);
    if (!narrower || there) return [];
    const rule = new Ec2ClientVpnAuthorizationRule(this, "resolver", {
      clientVpnEndpointId: this.endpoint.id,
      description: "names",
      targetNetworkCidr: resolver,
      authorizeAllGroups: true,
    });
    return [rule];
  }
}

/**
 * The VPC's resolver: two above the first address of its range. A range of a VPC is /28 or larger, so that its last
 * byte has room. Source: Amazon VPC User Guide, "Amazon DNS attributes and the Route 53 Resolver".
 */
export function resolverOf(vpcCidr: string): string {
  const [first = ""] = vpcCidr.split("/");
  const bytes = first.split(".").map(Number);
  return bytes.map((byte, index) => (index === 3 ? byte + 2 : byte)).join(".");
}

function inOrder<Value>(values: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
}
