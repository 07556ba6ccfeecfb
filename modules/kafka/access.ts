import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { type ClusterScope, consumePolicy, makeTopicsPolicy, producePolicy } from "../../policies/kafka";

/** A dataset that arrives through Kafka. */
export interface StreamedDataset {
  /** Name of the dataset, which the names of its policies end in: snake_case. */
  readonly dataset: string;
  readonly topic: string;
}

export interface KafkaAccessProps {
  /** First part of the names of the policies. */
  readonly namePrefix: string;
  readonly scope: ClusterScope;
  readonly streams: readonly StreamedDataset[];
}

/** How the consumer groups of Spark begin. Source: Spark, "Structured Streaming + Kafka Integration Guide", `groupIdPrefix`. */
const sparkGroups = "spark-kafka-source-";

/**
 * Policies for the roles of clients, one for each thing that one may do with one topic. Nobody has them by default: the
 * role of a producer gets the policy of its dataset and no other.
 */
export class KafkaAccess extends Construct {
  /** Writing to the topic of a dataset, by dataset. */
  readonly produce: ReadonlyMap<string, IamPolicy>;
  /** Reading it, in consumer groups whose names begin with the dataset and a hyphen. */
  readonly consume: ReadonlyMap<string, IamPolicy>;
  /** Reading all of them, for the streaming job. */
  readonly job: IamPolicy;
  /** Making the topics of all datasets. */
  readonly topics: IamPolicy;

  constructor(scope: Construct, id: string, props: KafkaAccessProps) {
    super(scope, id);
    const { namePrefix, scope: cluster, streams } = props;
    const policy = (name: string, description: string, document: string): IamPolicy =>
      new IamPolicy(this, name, {
        name: `${namePrefix}-${name.replaceAll("_", "-")}`,
        description,
        policy: document,
      });
    const each = (make: (stream: StreamedDataset) => IamPolicy): ReadonlyMap<string, IamPolicy> =>
      new Map(streams.map((stream) => [stream.dataset, make(stream)]));
    this.produce = each(({ dataset, topic }) =>
      policy(`produce_${dataset}`, `Writing to the topic of ${dataset}`, producePolicy(cluster, [topic])),
    );
    this.consume = each(({ dataset, topic }) =>
      policy(
        `consume_${dataset}`,
        `Reading the topic of ${dataset} in groups called ${dataset}-*`,
        consumePolicy(cluster, [topic], `${dataset}-`),
      ),
    );
    const topics = streams.map(({ topic }) => topic);
    this.job = policy(
      "stream_job",
      "Reading the topics of all datasets by the streaming job",
      consumePolicy(cluster, topics, sparkGroups),
    );
    this.topics = policy(
      "make_topics",
      "Making the topics of the contracts",
      makeTopicsPolicy(cluster, topics),
    );
  }
}
