import { arnOf } from "../arn";
import type { Statement } from "../statement";
import { type CiScope, everywhere, type OwnEnvironment, prefixOf, taggedAsOwn, taggingAsOwn } from "./scope";

/** The environments that have a Kafka cluster; undefined where none has. */
function withKafka(scope: CiScope): CiScope | undefined {
  const [first, ...others] = scope.filter(({ hasKafka }) => hasKafka === true);
  return first === undefined ? undefined : [first, ...others];
}

/** Clusters and configurations of the environments, whose ARNs end in an id that MSK chooses. */
const ofKafka = (scope: CiScope, ...kinds: readonly string[]): string[] =>
  kinds.flatMap((kind) =>
    scope.map((own: OwnEnvironment) => arnOf(own.place, "kafka", `${kind}/${prefixOf(own)}-kafka/*`)),
  );

const targets = (scope: CiScope): string[] =>
  everywhere(scope, "application-autoscaling", "scalable-target/*");

const kafka = (...actions: string[]): string[] => actions.map((action) => `kafka:${action}`);

const autoscaling = (...actions: string[]): string[] =>
  actions.map((action) => `application-autoscaling:${action}`);

/** Of all scalable targets those of Kafka clusters. */
const ofBrokers = { "application-autoscaling:service-namespace": "kafka" };

/** What nobody has tagged yet. */
const unowned = { "aws:ResourceTag/environment": "true" };

/** What a refresh asks of a Kafka cluster. Some calls know no resource. Source: Service Authorization Reference, "Amazon Managed Streaming for Apache Kafka". */
export function readKafka(scope: CiScope): Statement[] {
  const own = withKafka(scope);
  if (own === undefined) return [];
  return [
    {
      Sid: "ReadKafka",
      Effect: "Allow",
      Action: kafka(
        "DescribeCluster",
        "DescribeClusterV2",
        "DescribeConfiguration",
        "DescribeConfigurationRevision",
        "ListTagsForResource",
      ),
      Resource: ofKafka(own, "cluster", "configuration"),
    },
    {
      Sid: "ReadUnnamedKafka",
      Effect: "Allow",
      Action: [
        ...autoscaling("DescribeScalableTargets", "DescribeScalingPolicies"),
        ...kafka("GetBootstrapBrokers"),
      ],
      Resource: "*",
    },
    {
      Sid: "ReadScalableTargets",
      Effect: "Allow",
      Action: autoscaling("ListTagsForResource"),
      Resource: targets(own),
      Condition: taggedAsOwn(own),
    },
  ];
}

/**
 * Making and changing a Kafka cluster, never with public access, and having its brokers' logs delivered: MSK sets up the
 * delivery as its caller. Which log groups may be delivered to is a policy of the account, so nothing narrower can be named.
 * Sources: Amazon MSK Developer Guide, "Amazon MSK logging"; Amazon CloudWatch Logs User Guide, "Enable logging from AWS
 * services", V1 permissions; Service Authorization Reference, `kafka:publicAccessEnabled`.
 */
function changeClusters(own: CiScope): Statement[] {
  return [
    {
      Sid: "ManageKafka",
      Effect: "Allow",
      Action: kafka("CreateCluster", "CreateClusterV2", "CreateConfiguration").concat(
        kafka("DeleteCluster", "DeleteConfiguration", "TagResource", "UntagResource", "UpdateBrokerCount"),
        kafka("UpdateBrokerStorage", "UpdateBrokerType", "UpdateClusterConfiguration"),
        kafka("UpdateClusterKafkaVersion", "UpdateConfiguration", "UpdateMonitoring", "UpdateSecurity"),
      ),
      Resource: ofKafka(own, "cluster", "configuration"),
    },
    {
      Sid: "KeepKafkaPrivate",
      Effect: "Allow",
      Action: kafka("UpdateConnectivity"),
      Resource: ofKafka(own, "cluster"),
      Condition: { Bool: { "kafka:publicAccessEnabled": "false" } },
    },
    {
      Sid: "DeliverBrokerLogs",
      Effect: "Allow",
      Action: kafka("DescribeClusterOperation", "DescribeClusterOperationV2").concat(
        ["DescribeResourcePolicies", "GetLogDelivery", "ListLogDeliveries", "PutResourcePolicy"].map(
          (action) => `logs:${action}`,
        ),
        "logs:UpdateLogDelivery",
      ),
      Resource: "*",
    },
  ];
}

/**
 * Disks that grow by themselves: a scalable target is made with the environment's tags, or has them.
 * Source: Service Authorization Reference, "AWS Application Auto Scaling".
 */
function scaleStorage(own: CiScope): Statement[] {
  return [
    {
      Sid: "CreateScalableTargets",
      Effect: "Allow",
      Action: autoscaling("RegisterScalableTarget"),
      Resource: targets(own),
      Condition: { StringEquals: { ...taggingAsOwn(own), ...ofBrokers }, Null: unowned },
    },
    {
      Sid: "TagNewScalableTargets",
      Effect: "Allow",
      Action: autoscaling("TagResource"),
      Resource: targets(own),
      Condition: { StringEquals: taggingAsOwn(own), Null: unowned },
    },
    {
      Sid: "ScaleOwnStorage",
      Effect: "Allow",
      Action: autoscaling(
        "DeleteScalingPolicy",
        "DeregisterScalableTarget",
        "PutScalingPolicy",
        "RegisterScalableTarget",
      ),
      Resource: targets(own),
      Condition: { StringEquals: { ...taggedAsOwn(own).StringEquals, ...ofBrokers } },
    },
    {
      Sid: "TagOwnScalableTargets",
      Effect: "Allow",
      Action: autoscaling("TagResource", "UntagResource"),
      Resource: targets(own),
      Condition: taggedAsOwn(own),
    },
  ];
}

/** What an apply does with the Kafka clusters of the environments; nothing where none has one. */
export function applyKafka(scope: CiScope): Statement[] {
  const own = withKafka(scope);
  return own === undefined ? [] : [...readKafka(own), ...changeClusters(own), ...scaleStorage(own)];
}

/** The services that make a role of their own for a Kafka cluster. */
export function kafkaLinkedServices(scope: CiScope): string[] {
  return withKafka(scope) === undefined ? [] : ["kafka", "kafka.application-autoscaling"];
}
