import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { EndpointGroup, Endpoints } from "../../modules/endpoints/endpoints";
import type { SecurityGroup } from "../../modules/private-sg/security-group";
import { type SubnetRange, Subnets, type Tiers } from "../../modules/subnets/subnets";
import { ExistingVpc } from "../../modules/vpc/existing-vpc";
import { FlowLogs } from "../../modules/vpc/flow-logs";
import { NatGateways } from "../../modules/vpc/nat-gateways";
import { NetworkAcls } from "../../modules/vpc/network-acls";
import { Vpc, type VpcReference } from "../../modules/vpc/vpc";
import { EnvironmentStack, type EnvironmentStackProps } from "../core/environment-stack";
import { networkFacts, type SubnetOutput } from "./facts";
import { type SecurityGroups, securityGroups } from "./security-groups";

type NetworkConfig = EnvironmentConfig["network"];

/** Where the platform is placed, created or there. */
interface Placement {
  readonly vpc: VpcReference;
  readonly subnets: Tiers;
  readonly endpoints: SecurityGroup;
  readonly natGateways: NatGateways["gateways"];
}

/**
 * The VPC, its subnets, ways out and endpoints, and every security group of the platform. In a VPC that is there only the
 * groups are created; what is published is the same.
 */
export class NetworkStack extends EnvironmentStack<typeof networkFacts> {
  /** The zones that have a NAT gateway. */
  readonly natZones: readonly string[];

  constructor(scope: Construct, { config }: EnvironmentStackProps) {
    super(scope, networkFacts, config);
    const { network } = config;
    const placement = network.existing ? this.found(network, network.existing) : this.created(network);
    this.natZones = [...placement.natGateways.keys()];
    const groups = securityGroups(this, {
      vpc: placement.vpc,
      namePrefix: this.names.prefix,
      hasKafka: config.streaming !== undefined,
    });
    this.publishFacts({
      vpc_id: placement.vpc.id,
      private_subnet_ids: placement.subnets.private.map((placed) => placed.subnet.id),
      emr_primary_security_group_id: groups.emr.primary.id,
      emr_core_security_group_id: groups.emr.core.id,
      emr_service_access_security_group_id: groups.emr.serviceAccess.id,
      ...outputsOf(placement, groups),
    });
  }

  private created(network: NetworkConfig): Placement {
    const namePrefix = this.names.prefix;
    const { vpc, internetGateway } = new Vpc(this, "vpc", { name: network.vpc_name, cidr: network.vpc_cidr });
    const subnets = new Subnets(this, "subnets", {
      vpc,
      internetGateway,
      region: this.config.region,
      namePrefix,
      public: rangesOf(network.public_subnets),
      private: rangesOf(network.private_subnets),
      database: rangesOf(network.database_subnets),
    });
    const { gateways: natGateways } = new NatGateways(this, "nat_gateways", {
      internetGateway,
      public: subnets.public,
      private: subnets.private,
      namePrefix,
      placement: network.nat_gateways,
    });
    new NetworkAcls(this, "acls", { vpc, namePrefix, subnets });
    new FlowLogs(this, "flow_logs", {
      vpc,
      place: this.place,
      namePrefix,
      traffic: network.flow_logs.traffic,
      retentionInDays: network.flow_logs.retention_days,
    });
    const endpoints = new Endpoints(this, "endpoints", {
      vpc,
      place: this.place,
      namePrefix,
      subnets: subnets.private,
      services: network.interface_endpoints,
    });
    return { vpc, subnets, endpoints: endpoints.securityGroup, natGateways };
  }

  private found(network: NetworkConfig, existing: NonNullable<NetworkConfig["existing"]>): Placement {
    const there = new ExistingVpc(this, "existing", {
      vpcId: existing.vpc_id,
      cidr: network.vpc_cidr,
      region: this.config.region,
      public: existing.public_subnets,
      private: existing.private_subnets,
      database: existing.database_subnets,
    });
    const endpoints = new EndpointGroup(this, "endpoints", { vpc: there.vpc, namePrefix: this.names.prefix });
    const natGateways = new Map();
    return { vpc: there.vpc, subnets: there, endpoints: endpoints.securityGroup, natGateways };
  }
}

/** The subnets that are created: those with a range. */
function rangesOf(subnets: NetworkConfig["private_subnets"]): Record<string, SubnetRange> {
  const created = Object.entries(subnets).flatMap(([name, subnet]) =>
    "cidr" in subnet ? [[name, subnet] as const] : [],
  );
  return Object.fromEntries(created);
}

/** What is published beside the facts; subnets as `private_subnet_a_id` and the like, by their names. */
function outputsOf({ subnets, endpoints, natGateways }: Placement, groups: SecurityGroups) {
  const placed = [...subnets.public, ...subnets.private, ...subnets.database];
  const ids: Record<SubnetOutput, string> = Object.fromEntries(
    placed.map(({ name, subnet }) => [`${name.replace("_", "_subnet_")}_id`, subnet.id] as const),
  );
  return {
    private_security_group_id: groups.private.id,
    airflow_security_group_id: groups.airflow.id,
    endpoints_security_group_id: endpoints.id,
    vpn_security_group_id: groups.vpn.id,
    metadata_security_group_id: groups.metadata.id,
    serverless_security_group_id: groups.serverless.id,
    ...(groups.kafka
      ? {
          kafka_clients_security_group_id: groups.kafka.clients.id,
          kafka_brokers_security_group_id: groups.kafka.brokers.id,
        }
      : {}),
    nat_gateway_ids: Object.fromEntries([...natGateways].map(([zone, { id }]) => [zone, id])),
    ...ids,
  };
}
