import { arnOf, type Place } from "./arn";
import { policyDocument, type Statement } from "./statement";

/** What a policy reads of a cluster; `MskCluster` of the provider fits. */
export interface ClusterNames {
  readonly arn: string;
  readonly clusterName: string;
  readonly clusterUuid: string;
}

/** The cluster, and where it is. */
export interface ClusterScope {
  readonly place: Place;
  readonly cluster: ClusterNames;
}

/** ARN of a topic or of a consumer group of a cluster. Source: Service Authorization Reference, "Apache Kafka APIs for Amazon MSK clusters". */
function within({ place, cluster }: ClusterScope, kind: "group" | "topic", name: string): string {
  return arnOf(place, "kafka", `${kind}/${cluster.clusterName}/${cluster.clusterUuid}/${name}`);
}

const allow = (Sid: string, Resource: string | readonly string[], ...actions: string[]): Statement => ({
  Sid,
  Effect: "Allow",
  Action: actions.map((action) => `kafka-cluster:${action}`),
  Resource,
});

/** Every client's: connecting, and seeing which brokers there are. */
const connect = ({ cluster }: ClusterScope, ...more: string[]): Statement =>
  allow("ConnectToCluster", cluster.arn, "Connect", "DescribeCluster", ...more);

const topicsOf = (scope: ClusterScope, topics: readonly string[]): string[] =>
  topics.map((topic) => within(scope, "topic", topic));

/**
 * Writing records to topics, by producers that may repeat themselves. No transactions: records of one that was aborted
 * leave holes.
 * Source: Amazon MSK Developer Guide, "Common use cases for client authorization policy".
 */
export function producePolicy(scope: ClusterScope, topics: readonly string[]): string {
  return policyDocument(
    connect(scope, "WriteDataIdempotently"),
    allow("WriteRecords", topicsOf(scope, topics), "DescribeTopic", "WriteData"),
  );
}

/**
 * Reading records of topics, in consumer groups whose names begin so.
 * Source: Amazon MSK Developer Guide, "Common use cases for client authorization policy".
 */
export function consumePolicy(scope: ClusterScope, topics: readonly string[], groupPrefix: string): string {
  return policyDocument(
    connect(scope),
    allow("ReadRecords", topicsOf(scope, topics), "DescribeTopic", "ReadData"),
    allow("UseOwnGroups", within(scope, "group", `${groupPrefix}*`), "AlterGroup", "DescribeGroup"),
  );
}

/**
 * Making the topics of the contracts and changing their settings, by Kafka's protocol or by MSK's own API, which asks for
 * the same actions. Nobody deletes one: its records would be gone for good.
 * Sources: Amazon MSK Developer Guide, "Semantics of IAM authorization policy actions and resources" and "Topic operations".
 */
export function makeTopicsPolicy(scope: ClusterScope, topics: readonly string[]): string {
  return policyDocument(
    connect(scope),
    allow(
      "MakeTopics",
      topicsOf(scope, topics),
      "AlterTopic",
      "AlterTopicDynamicConfiguration",
      "CreateTopic",
      "DescribeTopic",
      "DescribeTopicDynamicConfiguration",
    ),
  );
}
