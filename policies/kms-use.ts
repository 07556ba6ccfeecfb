import type { Statement } from "./statement";

/** Reading and writing what a key encrypts. Source: AWS KMS Developer Guide, "Permissions for AWS services in key policies". */
export function useKey(keyArn: string, via?: readonly string[]): Statement {
  return {
    Sid: "UseKey",
    Effect: "Allow",
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: keyArn,
    ...(via ? { Condition: { StringEquals: { "kms:ViaService": via } } } : {}),
  };
}

/** Handing the key on to EBS, for encrypted volumes; never to anybody else. Source: Amazon EBS User Guide, "Requirements for Amazon EBS encryption". */
export function grantKeyToVolumes(keyArn: string): Statement {
  return {
    Sid: "GrantKeyToVolumes",
    Effect: "Allow",
    Action: "kms:CreateGrant",
    Resource: keyArn,
    Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
  };
}
