import type { Construct } from "constructs";
import { everything, type PlacedGroupProps, SecurityGroup } from "./security-group";

/** The documented group "private-sg": all traffic from inside the VPC, none from outside; out to anywhere. */
export class PrivateSecurityGroup extends SecurityGroup {
  constructor(scope: Construct, id: string, props: PlacedGroupProps) {
    super(scope, id, { ...props, description: "Allow all traffic from VPC" });
    this.allowFrom("from_vpc", { cidr: props.vpc.cidrBlock }, everything, "All traffic from the VPC");
    this.allowTo("to_anywhere", { cidr: "0.0.0.0/0" }, everything, "All traffic out");
  }
}
