import { Construct } from "constructs";
import { SecurityGroup, tcp } from "../private-sg/security-group";
import type { VpcReference } from "../vpc/vpc";

export interface KafkaSecurityGroupsProps {
  readonly vpc: VpcReference;
  readonly namePrefix: string;
}

/** IAM over TLS, inside the VPC. Source: Amazon MSK Developer Guide, "Port information". */
const iamOverTls = tcp(9098);

/**
 * The groups of a Kafka cluster. Whoever produces or consumes gets `clients` in addition to its own groups; the
 * brokers admit that group on one port, and start nothing themselves: they copy records on AWS's own network.
 * Source: Amazon MSK Developer Guide, "Port information" and "Control access to Apache Kafka".
 */
export class KafkaSecurityGroups extends Construct {
  readonly clients: SecurityGroup;
  readonly brokers: SecurityGroup;

  constructor(scope: Construct, id: string, { vpc, namePrefix }: KafkaSecurityGroupsProps) {
    super(scope, id);
    this.clients = new SecurityGroup(this, "clients", {
      vpc,
      name: `${namePrefix}-kafka-clients`,
      description: "Producers and consumers of the Kafka cluster",
    });
    this.brokers = new SecurityGroup(this, "brokers", {
      vpc,
      name: `${namePrefix}-kafka-brokers`,
      description: "Brokers of the Kafka cluster on Amazon MSK",
    });
    this.brokers.allowFrom("from_clients", { group: this.clients }, iamOverTls, "Kafka from its clients");
    this.clients.allowTo("to_brokers", { group: this.brokers }, iamOverTls, "Kafka to the brokers");
  }
}
