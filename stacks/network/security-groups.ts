import type { Construct } from "constructs";
import { AirflowSecurityGroup } from "../../modules/airflow/security-group";
import { VpnSecurityGroup } from "../../modules/client-vpn/security-group";
import { EmrSecurityGroups } from "../../modules/emr/security-groups";
import { ServerlessSecurityGroup } from "../../modules/emr-serverless/security-group";
import { KafkaSecurityGroups } from "../../modules/kafka/security-groups";
import { PrivateSecurityGroup } from "../../modules/private-sg/private-sg";
import { MetadataSecurityGroup } from "../../modules/rds/security-group";
import type { VpcReference } from "../../modules/vpc/vpc";

/** Every security group of the platform but that of the endpoints, whosever the VPC is. */
export interface SecurityGroups {
  readonly private: PrivateSecurityGroup;
  readonly emr: EmrSecurityGroups;
  readonly vpn: VpnSecurityGroup;
  readonly airflow: AirflowSecurityGroup;
  readonly serverless: ServerlessSecurityGroup;
  readonly metadata: MetadataSecurityGroup;
  /** Present only where the environment has a Kafka cluster. */
  readonly kafka?: KafkaSecurityGroups;
}

export interface SecurityGroupsProps {
  readonly vpc: VpcReference;
  readonly namePrefix: string;
  /** Whether the environment has a Kafka cluster. */
  readonly hasKafka: boolean;
}

export function securityGroups(scope: Construct, props: SecurityGroupsProps): SecurityGroups {
  const { vpc, namePrefix, hasKafka } = props;
  const group = (name: string) => ({ vpc, name: `${namePrefix}-${name}` });
  const own = new PrivateSecurityGroup(scope, "private", group("private-sg"));
  const emr = new EmrSecurityGroups(scope, "emr", { vpc, namePrefix });
  const vpn = new VpnSecurityGroup(scope, "vpn", group("vpn"));
  const airflow = new AirflowSecurityGroup(scope, "airflow", { ...group("airflow"), vpn });
  const serverless = new ServerlessSecurityGroup(scope, "emr_serverless", group("emr-serverless"));
  const metadata = new MetadataSecurityGroup(scope, "metadata", {
    ...group("metadata"),
    // No job connects: DAGs record what runs left in the lake, and people ask from the VPN.
    clients: { airflow, vpn },
  });
  const kafka = hasKafka ? { kafka: new KafkaSecurityGroups(scope, "kafka", { vpc, namePrefix }) } : {};
  return { private: own, emr, vpn, airflow, serverless, metadata, ...kafka };
}
