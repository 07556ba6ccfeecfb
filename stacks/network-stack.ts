import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../config";
import { AirflowSecurityGroup } from "../modules/airflow-security-group";
import { EmrSecurityGroups } from "../modules/emr-security-groups";
import { Endpoints } from "../modules/endpoints";
import { FlowLogs } from "../modules/flow-logs";
import { MetadataSecurityGroup } from "../modules/metadata-security-group";
import { NatGateways } from "../modules/nat-gateways";
import { NetworkAcls } from "../modules/network-acls";
import { PrivateSecurityGroup } from "../modules/private-sg";
import { ServerlessSecurityGroup } from "../modules/serverless-security-group";
import { type PlacedSubnet, Subnets } from "../modules/subnets";
import { Vpc } from "../modules/vpc";
import { VpnSecurityGroup } from "../modules/vpn-security-group";
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
      database: network.database_subnets,
    });
    new NatGateways(this, "nat_gateways", {
      internetGateway: vpc.internetGateway,
      public: subnets.public,
      private: subnets.private,
      namePrefix,
      placement: network.nat_gateways,
    });
    new NetworkAcls(this, "acls", { vpc: vpc.vpc, namePrefix, subnets });
    new FlowLogs(this, "flow_logs", {
      vpc: vpc.vpc,
      place: this.place,
      namePrefix,
      traffic: network.flow_logs.traffic,
      retentionInDays: network.flow_logs.retention_days,
    });
    const endpoints = new Endpoints(this, "endpoints", {
      vpc: vpc.vpc,
      place: this.place,
      namePrefix,
      subnets: subnets.private,
      services: network.interface_endpoints,
    });
    const privateGroup = new PrivateSecurityGroup(this, "private", {
      vpc: vpc.vpc,
      name: `${namePrefix}-private-sg`,
    });
    const emr = new EmrSecurityGroups(this, "emr", { vpc: vpc.vpc, namePrefix });
    const vpn = new VpnSecurityGroup(this, "vpn", { vpc: vpc.vpc, name: `${namePrefix}-vpn` });
    const airflow = new AirflowSecurityGroup(this, "airflow", {
      vpc: vpc.vpc,
      name: `${namePrefix}-airflow`,
      vpn,
    });
    const serverless = new ServerlessSecurityGroup(this, "emr_serverless", {
      vpc: vpc.vpc,
      name: `${namePrefix}-emr-serverless`,
    });
    const metadata = new MetadataSecurityGroup(this, "metadata", {
      vpc: vpc.vpc,
      name: `${namePrefix}-metadata`,
      clients: {
        emr_primary: emr.primary,
        emr_core: emr.core,
        emr_serverless: serverless,
        airflow,
        vpn,
      },
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
        vpn_security_group_id: vpn.group.id,
        metadata_security_group_id: metadata.group.id,
        serverless_security_group_id: serverless.group.id,
        ...subnetOutputs([...subnets.public, ...subnets.private, ...subnets.database]),
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
