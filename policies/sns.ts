import type { Place } from "./arn";
import { servicePrincipal } from "./partition";
import { policyDocument } from "./statement";

/** Who writes to the topics of alarms: alarms, event rules, budgets and cost anomalies. */
const publishers = ["cloudwatch", "events", "budgets", "costalerts"] as const;

/** The principals of whatever writes to the topics of alarms. */
export function publisherPrincipals(place: Place): string[] {
  return publishers.map((service) => servicePrincipal(service, place.region));
}

/**
 * Policy of a topic of alarms: these services publish, for this account alone, and over TLS only.
 * Sources: Amazon SNS Developer Guide, "Example cases for Amazon SNS access control"; AWS Cost Management User Guide,
 * "Creating an Amazon SNS topic for budget notifications".
 */
export function topicPolicy(place: Place, topicArn: string): string {
  return policyDocument(
    {
      Sid: "PublishedByServices",
      Effect: "Allow",
      Principal: { Service: publisherPrincipals(place) },
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { StringEquals: { "aws:SourceAccount": place.accountId } },
    },
    {
      Sid: "OnlyOverTls",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
}
