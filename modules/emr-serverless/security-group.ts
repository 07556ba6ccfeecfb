import type { Construct } from "constructs";
import { type PlacedGroupProps, SecurityGroup, tcp } from "../private-sg/security-group";

/**
 * The group of EMR Serverless workers. Workers speak with each other on AWS's own network, so nothing comes in; out
 * goes HTTPS only, as from the nodes of a cluster.
 * Source: Amazon EMR Serverless User Guide, "Configuring VPC access for EMR Serverless applications to connect to data".
 */
export class ServerlessSecurityGroup extends SecurityGroup {
  constructor(scope: Construct, id: string, props: PlacedGroupProps) {
    super(scope, id, { ...props, description: "EMR Serverless workers" });
    this.allowTo("to_https", { cidr: "0.0.0.0/0" }, tcp(443), "HTTPS to AWS services");
  }
}
