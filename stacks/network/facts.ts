import { z } from "zod";
import { outputFamily, stackFacts, text } from "../core/stack-facts";

/** Name of the output that holds a subnet's id: `private_subnet_a_id`. */
export type SubnetOutput = `${"public" | "private" | "database"}_subnet_${string}_id`;

/** The VPC, and where clusters, Airflow and the database are placed in it. */
export const networkFacts = {
  ...stackFacts("network", {
    dags: z
      .strictObject({
        vpc_id: text.describe("The VPC, created or found"),
        private_subnet_ids: z.array(text).min(1).describe("The private subnets, by zone, then name"),
        emr_primary_security_group_id: text.describe(
          "Security group of the clusters' primary nodes, managed by EMR",
        ),
        emr_core_security_group_id: text.describe(
          "Security group of the clusters' core and task nodes, managed by EMR",
        ),
        emr_service_access_security_group_id: text.describe("Security group by which EMR reaches its nodes"),
      })
      .describe("The VPC, and where clusters are placed in it."),
    outputs: z.strictObject({
      private_security_group_id: text.describe(
        "Security group of whatever else lives in the private subnets",
      ),
      airflow_security_group_id: text.describe("Security group of Airflow, its web server included"),
      endpoints_security_group_id: text.describe("Security group of the interface endpoints"),
      vpn_security_group_id: text.describe("Security group of people who come in by the VPN"),
      metadata_security_group_id: text.describe("Security group of the database of runs"),
      serverless_security_group_id: text.describe("Security group of the workers of EMR Serverless"),
      nat_gateway_ids: z.record(text, text).describe("The NAT gateways, by zone"),
      kafka_clients_security_group_id: text.optional().describe("Security group of clients of Kafka"),
      kafka_brokers_security_group_id: text.optional().describe("Security group of the Kafka brokers"),
    }),
  }),
  family: outputFamily<SubnetOutput>(
    /^(public|private|database)_subnet_([a-z0-9_]+)_id$/,
    ([, kind, name]) => `The ${kind} subnet ${name}`,
  ),
};
