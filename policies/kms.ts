import { arnOf, iamArnOf, type Place } from "./arn";
import { servicePrincipal } from "./partition";
import { publisherPrincipals } from "./sns";
import { policyDocument, type Statement } from "./statement";

const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/** IAM decides who of the account may use the key, so that no role of a later stack is named here. */
export const delegatedToIam = (place: Place): Statement => ({
  Sid: "DelegatedToIam",
  Effect: "Allow",
  Principal: { AWS: iamArnOf(place, "root") },
  Action: "kms:*",
  Resource: "*",
});

/** CloudWatch Logs, for log groups of these names only. Source: Amazon CloudWatch Logs User Guide, "Encrypt log data using AWS KMS". */
const usedByLogGroups = (place: Place, logGroups: readonly string[]): Statement => ({
  Sid: "UsedByLogGroups",
  Effect: "Allow",
  Principal: { Service: servicePrincipal("logs", place.region) },
  Action: use,
  Resource: "*",
  Condition: {
    ArnLike: {
      "kms:EncryptionContext:aws:logs:arn": logGroups.map((name) =>
        arnOf(place, "logs", `log-group:${name}`),
      ),
    },
  },
});

/**
 * The service-linked role of spot instances, which attaches encrypted volumes and which IAM policies cannot reach.
 * Matched by condition, because naming a role that does not exist yet makes the key policy invalid.
 * Source: Amazon EC2 User Guide, "Service-linked role for Spot Instance requests", customer managed keys.
 */
const spotRole = (place: Place): Pick<Statement, "Effect" | "Principal" | "Resource" | "Condition"> => ({
  Effect: "Allow",
  Principal: { AWS: "*" },
  Resource: "*",
  Condition: {
    StringEquals: { "kms:CallerAccount": place.accountId },
    ArnEquals: {
      "aws:PrincipalArn": iamArnOf(
        place,
        "role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
      ),
    },
  },
});

const usedBySpotInstances = (place: Place): Statement => ({
  Sid: "UsedBySpotInstances",
  ...spotRole(place),
  Action: use,
});

const grantedToSpotVolumes = (place: Place): Statement => {
  const spot = spotRole(place);
  return {
    Sid: "GrantedToSpotVolumes",
    ...spot,
    Action: "kms:CreateGrant",
    Condition: { ...spot.Condition, Bool: { "kms:GrantIsForAWSResource": "true" } },
  };
};

/**
 * Policy of the platform's key: IAM of the account, the log groups of some names (`airflow-big-data-dev-*`), and the
 * volumes of spot instances.
 */
export function dataKeyPolicy(place: Place, logGroups: readonly string[]): string {
  return policyDocument(
    delegatedToIam(place),
    usedByLogGroups(place, logGroups),
    usedBySpotInstances(place),
    grantedToSpotVolumes(place),
  );
}

/** Policy of a key for log groups of a name only: IAM of the account, and CloudWatch Logs for these. */
export function logGroupKeyPolicy(place: Place, logGroups: string): string {
  return policyDocument(delegatedToIam(place), usedByLogGroups(place, [logGroups]));
}

/**
 * Policy of the key of the alarms' topics: IAM of the account, and the services that publish there, for this account.
 * Source: Amazon SNS Developer Guide, "Enable compatibility between event sources from AWS services and encrypted topics".
 */
export function topicKeyPolicy(place: Place): string {
  return policyDocument(delegatedToIam(place), {
    Sid: "UsedByPublishers",
    Effect: "Allow",
    Principal: { Service: publisherPrincipals(place) },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": place.accountId } },
  });
}

/**
 * Policy of a key for queues: IAM of the account, and EventBridge for what one of its rules sends. Without the second a
 * rule fails in silence; the key that AWS manages for SQS cannot be given to EventBridge at all.
 * Source: Amazon EventBridge User Guide, "Amazon SQS permissions", encrypted queues.
 */
export function eventQueueKeyPolicy(place: Place, ruleArn: string): string {
  return policyDocument(delegatedToIam(place), {
    Sid: "UsedByEventRule",
    Effect: "Allow",
    Principal: { Service: servicePrincipal("events", place.region) },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: {
      StringEquals: { "aws:SourceAccount": place.accountId },
      ArnEquals: { "aws:SourceArn": ruleArn },
    },
  });
}

/** Reading and writing what a key encrypts. Source: AWS KMS Developer Guide, "Permissions for AWS services in key policies". */
export function useKey(keyArn: string, via?: readonly string[]): Statement {
  return {
    Sid: "UseKey",
    Effect: "Allow",
    Action: use,
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
