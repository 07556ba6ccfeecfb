import { SecurityGroup as AwsSecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { VpcReference } from "../vpc/vpc";

/** Where a group is, and what it is called: all that a group of a known purpose is given. */
export interface PlacedGroupProps {
  readonly vpc: VpcReference;
  /** Name of the group; AWS refuses names that start with `sg-`. */
  readonly name: string;
}

export interface SecurityGroupProps extends PlacedGroupProps {
  /** What the group is for: fixed at creation, because another text would replace the group. */
  readonly description: string;
  /** @default no further tags */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Delete the rules before the group: EMR writes rules of its own, and two groups that name each other cannot go.
   * @default false
   */
  readonly revokeRulesOnDelete?: boolean;
}

/** What a rule admits: all protocols, or one with a range of ports. */
export interface Traffic {
  readonly protocol: "tcp" | "udp" | "icmp" | "-1";
  readonly from?: number;
  readonly to?: number;
}

/** The other side of a rule: a group, or a range of addresses. */
export type Peer = { readonly group: SecurityGroup } | { readonly cidr: string };

export const everything: Traffic = { protocol: "-1" };

export const tcp = (from: number, to = from): Traffic => ({ protocol: "tcp", from, to });

/**
 * A security group whose rules are resources of their own, so that rules which a service adds are no drift.
 * Terraform removes AWS's default rule: nothing leaves unless a rule says so.
 * Source: Amazon VPC User Guide, "Security groups for your VPC".
 */
export class SecurityGroup extends Construct {
  readonly group: AwsSecurityGroup;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const { revokeRulesOnDelete = false } = props;
    this.group = new AwsSecurityGroup(this, "security_group", {
      name: props.name,
      description: props.description,
      vpcId: props.vpc.id,
      tags: { Name: props.name, ...props.tags },
      ...(revokeRulesOnDelete ? { revokeRulesOnDelete } : {}),
    });
  }

  get id(): string {
    return this.group.id;
  }

  get arn(): string {
    return this.group.arn;
  }

  get name(): string {
    return this.group.name;
  }

  /** Admits traffic from a peer; `id` names the rule within the group. */
  allowFrom(id: string, peer: Peer, traffic: Traffic, description: string): VpcSecurityGroupIngressRule {
    const source = "group" in peer ? { referencedSecurityGroupId: peer.group.id } : { cidrIpv4: peer.cidr };
    return new VpcSecurityGroupIngressRule(this, id, { ...this.rule(traffic, description), ...source });
  }

  /** Lets traffic out to a peer; `id` names the rule within the group. */
  allowTo(id: string, peer: Peer, traffic: Traffic, description: string): VpcSecurityGroupEgressRule {
    const target = "group" in peer ? { referencedSecurityGroupId: peer.group.id } : { cidrIpv4: peer.cidr };
    return new VpcSecurityGroupEgressRule(this, id, { ...this.rule(traffic, description), ...target });
  }

  private rule({ protocol, from, to }: Traffic, description: string) {
    return {
      securityGroupId: this.group.id,
      ipProtocol: protocol,
      ...(from === undefined ? {} : { fromPort: from }),
      ...(to === undefined ? {} : { toPort: to }),
      description,
    };
  }
}
