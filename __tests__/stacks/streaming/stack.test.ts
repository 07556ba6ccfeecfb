import { dev, streamed } from "../environments";
import { type Block, only, pick, ref, resources, stacksOf } from "../synthesis";

const stacks = stacksOf([streamed]);
const json = pick(stacks, "dev-streaming");
const cluster = only(json, "aws_msk_cluster");
const network = (output: string) => ref(`data.terraform_remote_state.network.outputs.${output}`);

describe("the Kafka cluster", () => {
  test("has as many brokers in each named subnet, in the brokers' group, and no public address", () => {
    expect(cluster.number_of_broker_nodes).toBe(6);
    expect(cluster.broker_node_group_info).toEqual({
      instance_type: "kafka.m7g.large",
      client_subnets: ["c", "a", "b"].map((subnet) => network(`private_subnet_${subnet}_id`)),
      security_groups: [network("kafka_brokers_security_group_id")],
      connectivity_info: { public_access: { type: "DISABLED" } },
      storage_info: { ebs_storage_info: { volume_size: 50 } },
    });
  });

  test("lets clients in by IAM over TLS only, and encrypts with a key of its own", () => {
    expect(cluster.client_authentication).toEqual({ sasl: { iam: true }, unauthenticated: false });
    expect(cluster.encryption_info).toEqual({
      encryption_at_rest_kms_key_arn: ref("aws_kms_key.streaming.arn"),
      encryption_in_transit: { client_broker: "TLS", in_cluster: true },
    });
    expect(cluster.open_monitoring).toBeUndefined();
  });

  test("makes no topic by itself, and acknowledges what two brokers have", () => {
    const { server_properties, name } = only(json, "aws_msk_configuration");
    expect(name).toBe("big-data-dev-kafka");
    expect(server_properties.split("\n")).toEqual([
      "auto.create.topics.enable=false",
      "default.replication.factor=3",
      "log.message.timestamp.type=LogAppendTime",
      "log.retention.hours=168",
      "min.insync.replicas=2",
      "offsets.topic.replication.factor=3",
      "transaction.state.log.min.isr=2",
      "transaction.state.log.replication.factor=3",
      "unclean.leader.election.enable=false",
      "",
    ]);
    expect(cluster.configuration_info).toEqual({
      arn: ref("aws_msk_configuration.brokers.arn"),
      revision: ref("aws_msk_configuration.brokers.latest_revision"),
    });
  });

  test("keeps the brokers' logs under the key, which admits that log group and no other", () => {
    expect(only(json, "aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/vendedlogs/msk/big-data-dev",
      retention_in_days: 30,
      kms_key_id: ref("aws_kms_key.streaming.arn"),
    });
    expect(cluster.logging_info.broker_logs.cloudwatch_logs).toEqual({
      enabled: true,
      log_group: ref("aws_cloudwatch_log_group.brokers.name"),
    });
    const [, logs] = JSON.parse(only(json, "aws_kms_key").policy).Statement;
    expect(logs.Condition).toEqual({
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": [
          "arn:aws:logs:eu-north-1:111111111111:log-group:/aws/vendedlogs/msk/big-data-dev",
        ],
      },
    });
  });

  test("is protected, and keeps the size that its disks have grown to", () => {
    expect(cluster.lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: ["broker_node_group_info[0].storage_info[0].ebs_storage_info[0].volume_size"],
    });
    const target = only(json, "aws_appautoscaling_target");
    expect(target).toMatchObject({
      resource_id: ref("aws_msk_cluster.brokers.arn"),
      scalable_dimension: "kafka:broker-storage:VolumeSize",
      max_capacity: 200,
    });
    expect(only(json, "aws_appautoscaling_policy").target_tracking_scaling_policy_configuration).toEqual({
      predefined_metric_specification: { predefined_metric_type: "KafkaBrokerStorageUtilization" },
      target_value: 55,
      disable_scale_in: true,
    });
  });

  test("has disks of the configured size where they do not grow by themselves", () => {
    const { maximum_storage_gb: _, ...fixed } = streamed.streaming ?? {};
    const other = pick(stacksOf([{ ...streamed, streaming: fixed as never }]), "dev-streaming");
    expect(only(other, "aws_msk_cluster").lifecycle).toEqual({ prevent_destroy: true });
    resources(other, "aws_appautoscaling_target", 0);
    resources(other, "aws_appautoscaling_policy", 0);
  });
});

describe("the policies of clients", () => {
  const policies = resources(json, "aws_iam_policy", 6);
  const statements = (name: string): Block[] => JSON.parse(policies[name].policy).Statement;
  const arn = (kind: string, name: string) =>
    `arn:aws:kafka:eu-north-1:111111111111:${kind}/${ref("aws_msk_cluster.brokers.cluster_name")}/${ref("aws_msk_cluster.brokers.cluster_uuid")}/${name}`;
  const connect = (...more: string[]) => ({
    Sid: "ConnectToCluster",
    Effect: "Allow",
    Action: ["Connect", "DescribeCluster", ...more].map((action) => `kafka-cluster:${action}`),
    Resource: ref("aws_msk_cluster.brokers.arn"),
  });

  test("let a producer write to the topic of one dataset", () => {
    expect(policies.kafka_produce_web_events.name).toBe("big-data-dev-kafka-produce-web-events");
    expect(statements("kafka_produce_web_events")).toEqual([
      connect("WriteDataIdempotently"),
      {
        Sid: "WriteRecords",
        Effect: "Allow",
        Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"],
        Resource: [arn("topic", "web_events")],
      },
    ]);
  });

  test("let a consumer read it, in groups of its own", () => {
    expect(statements("kafka_consume_orders")).toEqual([
      connect(),
      {
        Sid: "ReadRecords",
        Effect: "Allow",
        Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"],
        Resource: [arn("topic", "orders")],
      },
      {
        Sid: "UseOwnGroups",
        Effect: "Allow",
        Action: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
        Resource: arn("group", "orders-*"),
      },
    ]);
  });

  test("let the streaming job read all topics, in the groups that Spark makes", () => {
    const [, read, groups] = statements("kafka_stream_job");
    expect(read.Resource).toEqual([arn("topic", "orders"), arn("topic", "web_events")]);
    expect(groups.Resource).toBe(arn("group", "spark-kafka-source-*"));
  });

  test("let the topics of the contracts be made, and none be deleted", () => {
    const [first, make, ...others] = statements("kafka_make_topics");
    expect([first, others]).toEqual([connect(), []]);
    expect(make.Resource).toEqual([arn("topic", "orders"), arn("topic", "web_events")]);
    expect(make.Action).toContain("kafka-cluster:CreateTopic");
  });

  test("name no wildcard action, no transaction and no deletion", () => {
    const actions = Object.keys(policies).flatMap((name) => statements(name).flatMap(({ Action }) => Action));
    expect(actions.length).toBeGreaterThan(20);
    expect(actions.filter((action) => /\*|Delete|Transactional/.test(action))).toEqual([]);
  });
});

describe("other stacks", () => {
  test("the network has a group of clients and one of brokers, and one rule in and out between them", () => {
    const groups = resources(pick(stacks, "dev-network"), "aws_security_group", 11);
    expect(Object.keys(groups).filter((name) => name.startsWith("kafka"))).toEqual([
      "kafka_brokers",
      "kafka_clients",
    ]);
    const rules = (type: string, count: number) =>
      Object.entries(resources(pick(stacks, "dev-network"), type, count))
        .filter(([name]) => name.startsWith("kafka"))
        .map(([name, rule]) => [name, rule.referenced_security_group_id, rule.from_port, rule.to_port]);
    expect(rules("aws_vpc_security_group_ingress_rule", 15)).toEqual([
      ["kafka_brokers_from_clients", ref("aws_security_group.kafka_clients.id"), 9098, 9098],
    ]);
    expect(rules("aws_vpc_security_group_egress_rule", 16)).toEqual([
      ["kafka_clients_to_brokers", ref("aws_security_group.kafka_brokers.id"), 9098, 9098],
    ]);
  });

  test("the cluster is watched, by the name that its metrics carry", () => {
    const alarms = resources(pick(stacks, "dev-observability"), "aws_cloudwatch_metric_alarm", 6);
    expect(Object.keys(alarms).filter((name) => name.startsWith("kafka"))).toEqual([
      "kafka_controller",
      "kafka_disk",
      "kafka_offline",
      "kafka_under_replicated",
    ]);
    expect(alarms.kafka_controller.dimensions).toEqual({
      "Cluster Name": ref("data.terraform_remote_state.streaming.outputs.kafka_cluster_name"),
    });
  });

  test("an environment without the section has nothing of it", () => {
    const without = stacksOf([dev]);
    expect([...without.keys()].filter((name) => name.includes("streaming"))).toEqual([]);
    const named = [...without].filter(([, other]) =>
      /kafka[-_]|[-_]kafka|aws_msk/i.test(JSON.stringify(other)),
    );
    expect(named.map(([name]) => name)).toEqual([]);
  });
});

test("where the brokers are found, and what a role of a client is given, is published", () => {
  const outputs = Object.entries(json.output ?? {}).map(([name, output]) => [name, output.value]);
  expect(Object.fromEntries(outputs)).toEqual({
    kafka_cluster_name: ref("aws_msk_cluster.brokers.cluster_name"),
    kafka_cluster_arn: ref("aws_msk_cluster.brokers.arn"),
    kafka_bootstrap_servers: ref("aws_msk_cluster.brokers.bootstrap_brokers_sasl_iam"),
    kafka_kms_key_arn: ref("aws_kms_key.streaming.arn"),
    kafka_log_group: ref("aws_cloudwatch_log_group.brokers.name"),
    kafka_produce_policy_arns: {
      orders: ref("aws_iam_policy.kafka_produce_orders.arn"),
      web_events: ref("aws_iam_policy.kafka_produce_web_events.arn"),
    },
    kafka_consume_policy_arns: {
      orders: ref("aws_iam_policy.kafka_consume_orders.arn"),
      web_events: ref("aws_iam_policy.kafka_consume_web_events.arn"),
    },
    kafka_job_policy_arn: ref("aws_iam_policy.kafka_stream_job.arn"),
    kafka_topics_policy_arn: ref("aws_iam_policy.kafka_make_topics.arn"),
  });
});
