import { partitionOf } from "./partition";

/** Where resources live: what an ARN says before the resource. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** ARN of a regional resource, e.g. `arnOf(place, "sqs", "queue")`; the account can be another's. */
export function arnOf(place: Place, service: string, resource: string, account = place.accountId): string {
  return `arn:${partitionOf(place.region)}:${service}:${place.region}:${account}:${resource}`;
}

/** ARN of a resource that belongs to the account but to no region, of any service: dashboards, budgets. */
export function accountArnOf({ region, accountId }: Place, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}::${accountId}:${resource}`;
}

/** ARN of IAM's own resources: roles, policies, instance profiles. */
export function iamArnOf(place: Place, resource: string): string {
  return accountArnOf(place, "iam", resource);
}

/** ARN of a managed policy of AWS, e.g. `service-role/AmazonEMRServicePolicy_v2`. */
export function awsManagedPolicyArn(place: Place, name: string): string {
  return `arn:${partitionOf(place.region)}:iam::aws:policy/${name}`;
}

/** ARN of a bucket that is known by name only, AWS's own for example. */
export function bucketArnOf(place: Place, name: string): string {
  return `arn:${partitionOf(place.region)}:s3:::${name}`;
}
