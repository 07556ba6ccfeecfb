import { z } from "zod";
import { stackFacts, text } from "../core/stack-facts";

const byDataset = z.record(text, text);

/** The Kafka cluster, and the policies by which roles of clients reach it. */
export const streamingFacts = stackFacts("streaming", {
  outputs: z.strictObject({
    kafka_cluster_name: text.describe("Name of the Kafka cluster, which its metrics carry"),
    kafka_cluster_arn: text.describe("The Kafka cluster"),
    kafka_bootstrap_servers: text.describe("Brokers that a client asks first: IAM over TLS, port 9098"),
    kafka_kms_key_arn: text.describe("Key of the brokers' disks and logs"),
    kafka_log_group: text.describe("Log group of the brokers"),
    kafka_produce_policy_arns: byDataset.describe("Policies for producers, by dataset"),
    kafka_consume_policy_arns: byDataset.describe("Policies for consumers, by dataset"),
    kafka_job_policy_arn: text.describe("Policy for the streaming job, which reads all topics"),
    kafka_topics_policy_arn: text.describe("Policy for whoever makes the topics of the contracts"),
  }),
});
