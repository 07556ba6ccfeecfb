import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../config";
import { AirflowSecurityGroup } from "../modules/airflow-security-group";
import { EmrSecurityGroups } from "../modules/emr-security-groups";
import { Endpoints } from "../modules/endpoints";
import { NatGateways } from "../modules/nat-gateways";
import { PrivateSecurityGroup } from "../modules/private-sg";
import { type PlacedSubnet, Subnets } from "../modules/subnets";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack } from "./environment-stack";

/** The VPC, its subnets, ways out and endpoints, and every security group of the platform. */
export class NetworkStack extends EnvironmentStack<"network"> {
  constructor(scope: Construct, config: EnvironmentConfig) {
    super(scope, "network", config);
    const { network } = config;
    const namePrefix = this.names.prefix;
    const vpc = new Vpc(this, "vpc", { name: network.vpc_name, cidr: network.vpc_cidr });
    const subnets = new Subnets(this, "subnets", {
      vpc: vpc.vpc,
      internetGateway: vpc.internetGateway,
      region: config.region,
      namePrefix,
      public: network.public_subnets,
      private: network.private_subnets,
    });
    new NatGateways(this, "nat_gateways", {
      internetGateway: vpc.internetGateway,
      public: subnets.public,
      private: subnets.private,
      namePrefix,
      placement: network.nat_gateways,
    });
    const endpoints = new Endpoints(this, "endpoints", {
      vpc: vpc.vpc,
      region: config.region,
      namePrefix,
      subnets: subnets.private,
      services: network.interface_endpoints,
    });
    const privateGroup = new PrivateSecurityGroup(this, "private", {
      vpc: vpc.vpc,
      name: `${namePrefix}-private-sg`,
    });
    const emr = new EmrSecurityGroups(this, "emr", { vpc: vpc.vpc, namePrefix });
    const airflow = new AirflowSecurityGroup(this, "airflow", {
      vpc: vpc.vpc,
      name: `${namePrefix}-airflow`,
    });
    this.publishFacts(
      {
        vpc_id: vpc.vpc.id,
        private_subnet_ids: subnets.private.map((placed) => placed.subnet.id),
        emr_primary_security_group_id: emr.primary.group.id,
        emr_core_security_group_id: emr.core.group.id,
        emr_service_access_security_group_id: emr.serviceAccess.group.id,
      },
      {
        private_security_group_id: privateGroup.group.id,
        airflow_security_group_id: airflow.group.id,
        endpoints_security_group_id: endpoints.securityGroup.group.id,
        ...subnetOutputs([...subnets.public, ...subnets.private]),
      },
    );
  }
}

/** `private_subnet_a_id` and the like, by the names of the subnets. */
function subnetOutputs(subnets: readonly PlacedSubnet[]): Record<string, string> {
  return Object.fromEntries(
    subnets.map(({ name, subnet }) => [`${name.replace("_", "_subnet_")}_id`, subnet.id] as const),
  );
}
