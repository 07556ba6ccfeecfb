import { arnOf, iamArnOf, type Place } from "./arn";
import { admit, deliveryOf } from "./deliveries";
import { publishers } from "./sns";
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

/** CloudWatch Logs, for log groups of these names only. */
const usedByLogGroups = (place: Place, logGroups: readonly string[]): Statement =>
  admit(deliveryOf("logs", "logs"), "key", place, {
    sid: "UsedByLogGroups",
    condition: {
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
 * Policy of the key of the alarms' topics: IAM of the account, and a statement for each service that publishes there. Only
 * EventBridge's is unconditional, because a condition would lose its events; what it may publish to is the topics' affair.
 */
export function topicKeyPolicy(place: Place): string {
  return policyDocument(
    delegatedToIam(place),
    ...publishers(place).map(({ delivery, name, condition }) =>
      admit(delivery, "key", place, { sid: `UsedBy${name}`, ...(condition ? { condition } : {}) }),
    ),
  );
}

/**
 * Policy of a key for queues: IAM of the account, and EventBridge, which delivers nothing without it and cannot use the key
 * that AWS manages for SQS. Which rule may send is said by the queues' own policies.
 */
export function eventQueueKeyPolicy(place: Place): string {
  return policyDocument(
    delegatedToIam(place),
    admit(deliveryOf("events", "sqs"), "key", place, { sid: "UsedByEventRules" }),
  );
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
