import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { defaultGroupTag } from "../../policies/vpc";

/** A VPC, whoever has created it. */
export interface VpcReference {
  readonly id: string;
  readonly cidrBlock: string;
}

export interface VpcProps {
  /** The `Name` tag. */
  readonly name: string;
  readonly cidr: string;
}

/**
 * A VPC with an internet gateway and with the DNS support and host names that private DNS of interface endpoints needs.
 * Its default security group admits nothing, so that nothing falls into it unnoticed.
 * Sources: Amazon VPC User Guide, "DNS attributes for your VPC" and "Default security groups for your VPCs".
 */
export class Vpc extends Construct {
  readonly vpc: AwsVpc;
  readonly internetGateway: InternetGateway;
  readonly defaultSecurityGroup: DefaultSecurityGroup;

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    const tags = { Name: props.name };
    this.vpc = new AwsVpc(this, "vpc", {
      cidrBlock: props.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags,
    });
    this.internetGateway = new InternetGateway(this, "internet_gateway", { vpcId: this.vpc.id, tags });
    this.defaultSecurityGroup = new DefaultSecurityGroup(this, "default_security_group", {
      vpcId: this.vpc.id,
      tags: { Name: `${props.name}-default`, [defaultGroupTag.key]: defaultGroupTag.value },
    });
  }
}
