import { EmrSecurityConfiguration as AwsEmrSecurityConfiguration } from "@cdktf/provider-aws/lib/emr-security-configuration";
import type { Construct } from "constructs";

export interface EmrSecurityConfigurationProps {
  readonly name: string;
  readonly keyArn: string;
}

/**
 * Encryption at rest with one key, in S3 and on the disks, the root volume included; instance metadata by IMDSv2 only.
 * In-transit encryption would need a certificate archive: Spark's own authentication and encryption stands in for it.
 * Source: Amazon EMR Management Guide, "Create a security configuration with the Amazon EMR console or with the AWS CLI".
 */
export class EmrSecurityConfiguration extends AwsEmrSecurityConfiguration {
  constructor(scope: Construct, id: string, props: EmrSecurityConfigurationProps) {
    super(scope, id, { name: props.name, configuration: JSON.stringify(configuration(props.keyArn)) });
  }
}

const configuration = (keyArn: string) => ({
  EncryptionConfiguration: {
    EnableAtRestEncryption: true,
    EnableInTransitEncryption: false,
    AtRestEncryptionConfiguration: {
      S3EncryptionConfiguration: { EncryptionMode: "SSE-KMS", AwsKmsKey: keyArn },
      LocalDiskEncryptionConfiguration: {
        EncryptionKeyProviderType: "AwsKms",
        AwsKmsKey: keyArn,
        EnableEbsEncryption: true,
      },
    },
  },
  InstanceMetadataServiceConfiguration: {
    MinimumInstanceMetadataServiceVersion: 2,
    HttpPutResponseHopLimit: 1,
  },
});
