import { EmrSecurityConfiguration as AwsEmrSecurityConfiguration } from "@cdktf/provider-aws/lib/emr-security-configuration";
import type { Construct } from "constructs";

export interface EmrSecurityConfigurationProps {
  readonly name: string;
  readonly keyArn: string;
  /**
   * Where the certificate archive for encryption in transit is, as `s3://bucket/key`.
   * @default no encryption in transit by EMR: Spark's own authentication and encryption stand in for it
   */
  readonly inTransitArchive?: string;
}

/**
 * Encryption at rest with one key, in S3 and on the disks, the root volume included; instance metadata by IMDSv2 only.
 * Source: Amazon EMR Management Guide, "Create a security configuration with the Amazon EMR console or with the AWS CLI".
 */
export class EmrSecurityConfiguration extends AwsEmrSecurityConfiguration {
  constructor(scope: Construct, id: string, props: EmrSecurityConfigurationProps) {
    super(scope, id, { name: props.name, configuration: JSON.stringify(configuration(props)) });
  }
}

const configuration = ({ keyArn, inTransitArchive }: EmrSecurityConfigurationProps) => ({
  EncryptionConfiguration: {
    EnableAtRestEncryption: true,
    EnableInTransitEncryption: inTransitArchive !== undefined,
    ...(inTransitArchive === undefined ? {} : inTransit(inTransitArchive)),
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

const inTransit = (archive: string) => ({
  InTransitEncryptionConfiguration: {
    TLSCertificateConfiguration: { CertificateProviderType: "PEM", S3Object: archive },
  },
});
