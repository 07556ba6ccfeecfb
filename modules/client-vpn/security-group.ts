import type { Construct } from "constructs";
import { everything, type PlacedGroupProps, SecurityGroup } from "../private-sg/security-group";

/**
 * The group of Client VPN's network interfaces, by whose addresses people appear in the VPC: it reaches the VPC and
 * nothing else. Where people may go is decided by the VPN's authorization rules, and by the groups that admit this one.
 * Source: AWS Client VPN Administrator Guide, "Apply a security group to a target network".
 */
export class VpnSecurityGroup extends SecurityGroup {
  constructor(scope: Construct, id: string, props: PlacedGroupProps) {
    super(scope, id, { ...props, description: "People who come in through Client VPN" });
    this.allowTo("to_vpc", { cidr: props.vpc.cidrBlock }, everything, "All traffic into the VPC");
  }
}
