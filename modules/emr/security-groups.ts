import { Construct } from "constructs";
import { everything, type Peer, SecurityGroup, tcp } from "../private-sg/security-group";
import type { VpcReference } from "../vpc/vpc";

export interface EmrSecurityGroupsProps {
  readonly vpc: VpcReference;
  readonly namePrefix: string;
}

const anywhere: Peer = { cidr: "0.0.0.0/0" };

/**
 * The three groups of an EMR cluster in a private subnet, with the rules that its nodes need. EMR adds rules for TCP, UDP
 * and ICMP of its own, which say less than ours and are no drift: rules are resources of their own.
 * Out of the cluster goes HTTPS only: S3, the endpoints, and AWS's package repositories.
 * EMR only touches groups with its tag, and its additions leave with the group.
 * Source: Amazon EMR Management Guide, "Working with Amazon EMR-managed security groups" (private subnets).
 */
export class EmrSecurityGroups extends Construct {
  readonly primary: SecurityGroup;
  readonly core: SecurityGroup;
  readonly serviceAccess: SecurityGroup;

  constructor(scope: Construct, id: string, props: EmrSecurityGroupsProps) {
    super(scope, id);
    this.primary = this.group(props, "primary", "EMR primary node");
    this.core = this.group(props, "core", "EMR core and task nodes");
    this.serviceAccess = this.group(props, "service_access", "EMR control plane in private subnets");
    this.allowWithinCluster();
    this.allowControlPlane();
    for (const node of [this.primary, this.core]) {
      node.allowTo("to_https", anywhere, tcp(443), "HTTPS to AWS services and package repositories");
    }
  }

  private group(props: EmrSecurityGroupsProps, id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, {
      vpc: props.vpc,
      name: `${props.namePrefix}-emr-${id.replaceAll("_", "-")}`,
      description,
      tags: { "for-use-with-amazon-emr-managed-policies": "true" },
      revokeRulesOnDelete: true,
    });
  }

  private allowWithinCluster(): void {
    const nodes: readonly (readonly [string, SecurityGroup])[] = [
      ["primary", this.primary],
      ["core", this.core],
    ];
    for (const [, node] of nodes) {
      for (const [name, peer] of nodes) {
        node.allowFrom(`from_${name}`, { group: peer }, everything, `Everything from ${name} nodes`);
        node.allowTo(`to_${name}`, { group: peer }, everything, `Everything to ${name} nodes`);
      }
    }
  }

  private allowControlPlane(): void {
    const { primary, core, serviceAccess } = this;
    serviceAccess.allowFrom(
      "from_primary",
      { group: primary },
      tcp(9443),
      "Primary node to the control plane",
    );
    primary.allowTo("to_service_access", { group: serviceAccess }, tcp(9443), "To the control plane");
    for (const [name, node] of [["primary", primary] as const, ["core", core] as const]) {
      node.allowFrom("from_service_access", { group: serviceAccess }, tcp(8443), "Control plane to the node");
      serviceAccess.allowTo(`to_${name}`, { group: node }, tcp(8443), `Control plane to ${name} nodes`);
    }
  }
}
