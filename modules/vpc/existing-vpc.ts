import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Ec2Tag } from "@cdktf/provider-aws/lib/ec2-tag";
import { Construct } from "constructs";
import { emrTag, inOrder, type PlacedSubnet, type Tiers } from "../subnets/subnets";

/** A subnet that is there. */
export interface ExistingSubnet {
  readonly id: string;
  /** Letter of the availability zone: `a` means `<region>a`. */
  readonly zone: string;
}

export interface ExistingVpcProps {
  readonly vpcId: string;
  /** The VPC's main range, as the configuration knows it. */
  readonly cidr: string;
  readonly region: string;
  readonly public: Readonly<Record<string, ExistingSubnet>>;
  readonly private: Readonly<Record<string, ExistingSubnet>>;
  readonly database: Readonly<Record<string, ExistingSubnet>>;
}

/**
 * A VPC that somebody else owns. It is read, and a plan fails where it is not what the configuration says; written are
 * only the tags without which EMR's managed policy uses no subnet.
 * Source: Amazon EMR Management Guide, "Tag resources for use with managed policies".
 */
export class ExistingVpc extends Construct implements Tiers {
  readonly vpc: DataAwsVpc;
  readonly public: readonly PlacedSubnet[];
  readonly private: readonly PlacedSubnet[];
  readonly database: readonly PlacedSubnet[];
  readonly tags: readonly Ec2Tag[];

  constructor(scope: Construct, id: string, props: ExistingVpcProps) {
    super(scope, id);
    const { cidr, vpcId } = props;
    this.vpc = new DataAwsVpc(this, "vpc", {
      id: vpcId,
      lifecycle: {
        postcondition: [
          expected(
            `self.cidr_block == "${cidr}"`,
            `The main range of ${vpcId} is not network.vpc_cidr ${cidr}.`,
          ),
          expected(
            "self.enable_dns_support && self.enable_dns_hostnames",
            `${vpcId} lacks DNS support or DNS host names, which private endpoints need.`,
          ),
        ],
      },
    });
    this.public = this.tier(props, "public");
    this.private = this.tier(props, "private");
    this.database = this.tier(props, "database");
    this.tags = this.private.map(
      ({ name, subnet }) => new Ec2Tag(this, name, { resourceId: subnet.id, ...emrTag }),
    );
  }

  private tier(props: ExistingVpcProps, tier: "public" | "private" | "database"): readonly PlacedSubnet[] {
    return inOrder(props[tier]).map(([name, { id, zone }]) => {
      const place = `${props.region}${zone}`;
      const subnet = new DataAwsSubnet(new Construct(this, `${tier}_${name}_subnet`), "subnet", {
        id,
        vpcId: this.vpc.id,
        lifecycle: {
          postcondition: [
            expected(
              `self.availability_zone == "${place}"`,
              `${id} (network.existing.${tier}_subnets.${name}) is not in ${place}.`,
            ),
          ],
        },
      });
      return { name: `${tier}_${name}`, zone, subnet };
    });
  }
}

/** What Terraform makes sure of once it has read something. */
function expected(condition: string, errorMessage: string) {
  return { condition: `\${${condition}}`, errorMessage };
}
