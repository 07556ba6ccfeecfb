import { domainOf } from "../partition";
import type { Statement } from "../statement";
import { type CiScope, everywhere, taggedAsOwn, taggingAsOwn } from "./scope";

const keys = (scope: CiScope): string[] => everywhere(scope, "kms", "key/*");

/** Keys, of which a refresh reads the settings, and a release what they encrypt. */
export function readKeys(scope: CiScope): Statement[] {
  const { StringEquals } = taggedAsOwn(scope);
  return [
    {
      Sid: "ReadKeys",
      Effect: "Allow",
      Action: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
      Resource: keys(scope),
      Condition: taggedAsOwn(scope),
    },
    {
      Sid: "DecryptReleases",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keys(scope),
      Condition: { StringEquals: { ...StringEquals, "kms:ViaService": via(scope, "s3") } },
    },
  ];
}

const via = (scope: CiScope, ...services: readonly string[]): string[] => {
  const regions = [...new Set(scope.map(({ place }) => place.region))];
  return regions.flatMap((region) => services.map((service) => `${service}.${region}.${domainOf(region)}`));
};

/**
 * A key that was just created, until KMS sees its tags: the steps of Terraform that follow at once, none of which opens
 * or closes a key. Source: AWS KMS Developer Guide, "Using tags to control access to KMS keys": changes of tags may take
 * five minutes to count.
 */
const finishNewKeys = (scope: CiScope): Statement => ({
  Sid: "FinishNewKeys",
  Effect: "Allow",
  Action: ["CreateAlias", "DescribeKey", "EnableKeyRotation"]
    .concat(["GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"])
    .map((action) => `kms:${action}`),
  Resource: keys(scope),
  Condition: { Null: { "aws:ResourceTag/environment": "true" } },
});

/**
 * What services do with a key in their caller's name: grants for themselves, and MWAA's own checks of the key.
 * Source: Amazon MWAA User Guide, "Accessing an Amazon MWAA environment", full API access with a customer managed key.
 */
function useByServices(scope: CiScope): Statement[] {
  const StringEquals = taggedAsOwn(scope).StringEquals ?? {};
  const Resource = keys(scope);
  return [
    {
      Sid: "GrantKeysToServices",
      Effect: "Allow",
      Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      Resource,
      Condition: { StringEquals, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
    {
      Sid: "EncryptReleases",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource,
      Condition: { StringEquals: { ...StringEquals, "kms:ViaService": via(scope, "s3", "secretsmanager") } },
    },
    {
      Sid: "EncryptAirflow",
      Effect: "Allow",
      Action: ["Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey*", "ReEncrypt*"].map(
        (action) => `kms:${action}`,
      ),
      Resource,
      Condition: { StringEquals: { ...StringEquals, "kms:ViaService": via(scope, "airflow") } },
    },
  ];
}

/** Source: AWS KMS Developer Guide, "Control access to tagged keys" and "Permissions to create KMS keys". */
export function applyKeys(scope: CiScope): Statement[] {
  const Resource = keys(scope);
  return [
    {
      Sid: "CreateKeys",
      Effect: "Allow",
      Action: "kms:CreateKey",
      Resource: "*",
      Condition: { StringEquals: taggingAsOwn(scope) },
    },
    {
      // A key of nobody's yet: neither another environment's nor one without tags, which somebody else uses by its alias,
      // can be made one's own by tagging it. A key has no alias while it is created.
      // Source: AWS KMS Developer Guide, "ABAC for AWS KMS", and condition key kms:ResourceAliases.
      Sid: "TagNewKeys",
      Effect: "Allow",
      Action: "kms:TagResource",
      Resource,
      Condition: {
        StringEquals: taggingAsOwn(scope),
        Null: { "aws:ResourceTag/environment": "true", "kms:ResourceAliases": "true" },
      },
    },
    {
      Sid: "ChangeOwnKeys",
      Effect: "Allow",
      Action: ["CreateAlias", "DeleteAlias", "DisableKeyRotation", "EnableKeyRotation", "PutKeyPolicy"]
        .concat(["CancelKeyDeletion", "ScheduleKeyDeletion", "TagResource", "UntagResource", "UpdateAlias"])
        .concat(["UpdateKeyDescription"])
        .map((action) => `kms:${action}`),
      Resource,
      Condition: taggedAsOwn(scope),
    },
    finishNewKeys(scope),
    ...useByServices(scope),
  ];
}
