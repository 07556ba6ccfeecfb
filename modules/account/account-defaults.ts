import { EbsEncryptionByDefault } from "@cdktf/provider-aws/lib/ebs-encryption-by-default";
import { Ec2InstanceMetadataDefaults } from "@cdktf/provider-aws/lib/ec2-instance-metadata-defaults";
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block";
import { Construct } from "constructs";

export interface AccountDefaultsProps {
  /** Blocks public access to every bucket of the account, in all regions. */
  readonly blockPublicAccess: boolean;
  /** Encrypts new disks of EC2 that name no key. */
  readonly encryptDisks: boolean;
  /** New instances answer about themselves only to whoever shows a token. */
  readonly requireMetadataTokens: boolean;
  /** Where disks and instances are: EC2's defaults are regional. */
  readonly regions: readonly string[];
}

/**
 * What holds in an account for everything that says nothing else, the platform's own resources or anybody's.
 * Sources: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage"; Amazon EBS User Guide, "Enable Amazon
 * EBS encryption by default"; Amazon EC2 User Guide, "Set IMDSv2 as the default for the account".
 */
export class AccountDefaults extends Construct {
  /** Absent where public access is not blocked here. */
  readonly publicAccess?: S3AccountPublicAccessBlock;
  readonly disks: readonly EbsEncryptionByDefault[];
  readonly metadata: readonly Ec2InstanceMetadataDefaults[];

  constructor(scope: Construct, id: string, props: AccountDefaultsProps) {
    super(scope, id);
    const { blockPublicAccess, encryptDisks, requireMetadataTokens, regions } = props;
    if (blockPublicAccess) {
      this.publicAccess = new S3AccountPublicAccessBlock(this, "s3_account_public_access_block", {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
    }
    const idOf = (region: string) => region.replaceAll("-", "_");
    this.disks = (encryptDisks ? regions : []).map(
      (region) => new EbsEncryptionByDefault(this, idOf(region), { enabled: true, region }),
    );
    this.metadata = (requireMetadataTokens ? regions : []).map(
      (region) =>
        new Ec2InstanceMetadataDefaults(this, `metadata_${idOf(region)}`, { httpTokens: "required", region }),
    );
  }
}
