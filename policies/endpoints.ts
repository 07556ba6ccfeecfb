import type { Place } from "./arn";
import { allowAwsOwned, awsOwned } from "./aws-owned";
import { policyDocument, type Statement } from "./statement";

/** Endpoints whose actions have another prefix than the first part of their name. Source: Service Authorization Reference. */
const prefixes: Readonly<Record<string, string>> = {
  "kinesis-firehose": "firehose",
  "kinesis-streams": "kinesis",
  monitoring: "cloudwatch",
};

/** What begins the actions of an endpoint's service: `ecr` for `ecr.dkr`. */
export function iamPrefix(service: string): string {
  return prefixes[service] ?? service.split(".")[0] ?? service;
}

/**
 * Whoever calls is of this account, and so is what is called: nobody's own keys open another account's bucket from here.
 * `IfExists`, because a call without a resource, such as `RunJobFlow` or `ListQueues`, may carry no account of one; every
 * service with an endpoint has such calls.
 * Sources: IAM User Guide, "AWS global condition context keys", `aws:ResourceAccount`; Service Authorization Reference.
 */
const accountToItself = (place: Place, prefix: string): Statement => ({
  Sid: "AccountToItself",
  Effect: "Allow",
  Principal: "*",
  Action: `${prefix}:*`,
  Resource: "*",
  Condition: {
    StringEquals: { "aws:PrincipalAccount": place.accountId },
    StringEqualsIfExists: { "aws:ResourceAccount": place.accountId },
  },
});

/** AWS's services acting for themselves, with links they have signed for instance. */
const awsServices = (prefix: string): Statement => ({
  Sid: "AwsServices",
  Effect: "Allow",
  Principal: "*",
  Action: `${prefix}:*`,
  Resource: "*",
  Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } },
});

/**
 * Policy of the endpoint of a service: this account's principals to this account's resources, AWS's services, and what
 * AWS owns. It grants nothing by itself; IAM still decides who of the account may do what.
 * Sources: AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies"; AWS Samples,
 * data-perimeter-policy-examples, "default_endpoint_policy".
 *
 * @param service as in `com.amazonaws.<region>.<service>`, `s3` for instance
 */
export function endpointPolicy(service: string, place: Place): string {
  const prefix = iamPrefix(service);
  const owned = awsOwned.filter((entry) => entry.service === prefix);
  return policyDocument(
    accountToItself(place, prefix),
    awsServices(prefix),
    ...owned.map((entry) => allowAwsOwned(entry, place)),
  );
}
