import type { Place } from "./arn";
import { admit, type Delivery, deliveryOf } from "./deliveries";
import { policyDocument, type Statement } from "./statement";

/** A service that publishes to the topics of alarms. */
export interface Publisher {
  readonly delivery: Delivery;
  /** Its name in statement ids. */
  readonly name: string;
  /** @default none: the service supports none */
  readonly condition?: Statement["Condition"];
}

/** The services that publish to the topics of alarms, each for this account alone where AWS supports the condition. */
export function publishers(place: Place): Publisher[] {
  const own = { StringEquals: { "aws:SourceAccount": place.accountId } };
  return [
    { delivery: deliveryOf("cloudwatch", "sns"), name: "Alarms", condition: own },
    { delivery: deliveryOf("events", "sns"), name: "EventRules" },
    { delivery: deliveryOf("budgets", "sns"), name: "Budgets", condition: own },
    { delivery: deliveryOf("costalerts", "sns"), name: "CostAnomalies", condition: own },
  ];
}

/** Policy of a topic of alarms: these services publish, and over TLS only. */
export function topicPolicy(place: Place, topicArn: string): string {
  return policyDocument(
    ...publishers(place).map(({ delivery, name, condition }) =>
      admit(delivery, "policy", place, {
        sid: `PublishedBy${name}`,
        resource: topicArn,
        ...(condition ? { condition } : {}),
      }),
    ),
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
