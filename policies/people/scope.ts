import type { Place } from "../arn";
import type { Statement } from "../statement";

/** What people of an environment work with. */
export interface PeopleScope {
  readonly place: Place;
  readonly buckets: { readonly data: string; readonly artifacts: string; readonly logs: string };
  readonly keyArn: string;
  readonly airflowEnvironment: string;
  /** Prefix of the names of its secrets, without a slash at the end. */
  readonly secretsPrefix: string;
  /** Name of the queue that says what arrived; its key has the alias of this name. */
  readonly arrivalsQueue: string;
  /** The tags by which its clusters are known. */
  readonly tags: Readonly<Record<string, string>>;
  /** Id of its EMR Serverless application. @default it has none */
  readonly applicationId?: string;
  /** Name of its Kafka cluster. @default it has none */
  readonly kafkaCluster?: string;
}

/** A statement that allows actions without a condition. */
export const allow = (
  Sid: string,
  Action: readonly string[],
  Resource: string | readonly string[],
): Statement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
});
