import { accountArnOf, arnOf } from "../arn";
import type { Statement } from "../statement";
import { allow, type PeopleScope } from "./scope";

/** The log groups of the environment: those of Airflow, and whatever else bears its name. */
export const seeLogs = ({ place, airflowEnvironment, tags }: PeopleScope): Statement =>
  allow(
    "SeeLogs",
    [
      "DescribeLogStreams",
      "FilterLogEvents",
      "GetLogEvents",
      "GetLogGroupFields",
      "GetQueryResults",
      "StartQuery",
    ].map((action) => `logs:${action}`),
    [`airflow-${airflowEnvironment}-*`, `*${tags.project}-${tags.environment}*`].map((name) =>
      arnOf(place, "logs", `log-group:${name}`),
    ),
  );

/**
 * Alarms, their history and the graphs of the dashboard. The console asks for the alarms of a region without naming one,
 * which CloudWatch authorizes on all of them. Source: Amazon CloudWatch User Guide, "CloudWatch dashboard permissions".
 */
export const seeMetrics = ({ place, tags }: PeopleScope): Statement[] => [
  allow(
    "SeeAlarms",
    ["cloudwatch:DescribeAlarmHistory", "cloudwatch:DescribeAlarms"],
    arnOf(place, "cloudwatch", "alarm:*"),
  ),
  allow(
    "SeeDashboards",
    ["cloudwatch:GetDashboard"],
    accountArnOf(place, "cloudwatch", `dashboard/${tags.project}-${tags.environment}*`),
  ),
];

/** Lists and queries that know no resource. */
export const listThings: Statement = allow(
  "ListThings",
  [
    "airflow:ListEnvironments",
    "cloudwatch:DescribeAlarmsForMetric",
    "cloudwatch:GetMetricData",
    "cloudwatch:GetMetricStatistics",
    "cloudwatch:ListDashboards",
    "cloudwatch:ListMetrics",
    "elasticmapreduce:ListClusters",
    "logs:DescribeLogGroups",
    "logs:StopQuery",
    "s3:ListAllMyBuckets",
  ],
  "*",
);

/**
 * The Kafka cluster as MSK describes it, its brokers and what is being done with it: no record and no topic.
 * Source: Service Authorization Reference, "Amazon Managed Streaming for Apache Kafka"; lists of clusters know no resource.
 */
export const seeKafka = ({ place, kafkaCluster }: PeopleScope): Statement[] =>
  kafkaCluster === undefined
    ? []
    : [
        allow(
          "SeeKafka",
          ["DescribeCluster", "DescribeClusterV2", "ListClusterOperationsV2", "ListNodes"].map(
            (action) => `kafka:${action}`,
          ),
          arnOf(place, "kafka", `cluster/${kafkaCluster}/*`),
        ),
        allow("ListKafka", ["kafka:ListClustersV2"], "*"),
      ];
