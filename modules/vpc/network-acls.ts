import { NetworkAcl, type NetworkAclIngress } from "@cdktf/provider-aws/lib/network-acl";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import type { Subnets } from "../subnets/subnets";

export interface NetworkAclsProps {
  readonly vpc: Vpc;
  readonly namePrefix: string;
  readonly subnets: Subnets;
}

/** What a rule admits, from or to a range. */
interface Passage {
  readonly cidr: string;
  readonly protocol: "-1" | "icmp" | "tcp";
  /** @default all ports of the protocol */
  readonly ports?: readonly [from: number, to: number];
}

const anywhere = "0.0.0.0/0";

/**
 * Where answers arrive: a list knows no connections, so these are open whoever speaks first.
 * Source: Amazon VPC User Guide, "Custom network ACLs", ephemeral ports; NAT gateways use 1024 to 65535.
 */
const answers = [1024, 65535] as const;

/**
 * A list for each tier of subnets, the second line behind the security groups: from outside the VPC only answers come
 * in, and a database speaks PostgreSQL, with the VPC alone. The rules are part of the list, so that subnets are never
 * behind a list without rules and what others add is removed.
 * Source: Amazon VPC User Guide, "Control subnet traffic with network access control lists".
 */
export class NetworkAcls extends Construct {
  readonly public: NetworkAcl;
  readonly private: NetworkAcl;
  readonly database: NetworkAcl;

  constructor(scope: Construct, id: string, props: NetworkAclsProps) {
    super(scope, id);
    const vpc = props.vpc.cidrBlock;
    const within: Passage = { cidr: vpc, protocol: "-1" };
    const tcpAnswers: Passage = { cidr: anywhere, protocol: "tcp", ports: answers };
    const tcpOut: Passage = { cidr: anywhere, protocol: "tcp", ports: [0, 65535] };
    // "Packet too big", without which long answers get lost. Source: as above, "Path MTU Discovery".
    const tooBig: Passage = { cidr: anywhere, protocol: "icmp" };
    const throughout = { in: [within, tcpAnswers, tooBig], out: [within, tcpOut, tooBig] };
    this.public = this.list(props, "public", throughout);
    this.private = this.list(props, "private", throughout);
    this.database = this.list(props, "database", {
      in: [{ cidr: vpc, protocol: "tcp", ports: [5432, 5432] }],
      out: [{ cidr: vpc, protocol: "tcp", ports: answers }],
    });
  }

  private list(
    props: NetworkAclsProps,
    tier: "public" | "private" | "database",
    rules: { readonly in: readonly Passage[]; readonly out: readonly Passage[] },
  ): NetworkAcl {
    return new NetworkAcl(this, tier, {
      vpcId: props.vpc.id,
      subnetIds: props.subnets[tier].map((placed) => placed.subnet.id),
      ingress: rules.in.map(entry),
      egress: rules.out.map(entry),
      tags: { Name: `${props.namePrefix}-${tier}` },
    });
  }
}

/** ICMP type 3, code 4 is the only one that passes. Every attribute is set, as Terraform wants it of lists of objects. */
function entry({ cidr, protocol, ports }: Passage, index: number): NetworkAclIngress {
  const [fromPort, toPort] = ports ?? [0, 0];
  const icmp = protocol === "icmp";
  return {
    ruleNo: (index + 1) * 100,
    action: "allow",
    protocol,
    cidrBlock: cidr,
    ipv6CidrBlock: "",
    fromPort,
    toPort,
    icmpType: icmp ? 3 : 0,
    icmpCode: icmp ? 4 : 0,
  };
}
