import type { Blocks } from "../../blocks";
import type { Json } from "../../change";
import { at, textsOf } from "../../json";
import { type Judge, relief, risk, type Subject } from "../../subject";

/** What AWS bills by the hour whether it is used or not, and what one is called. */
const hourly: Readonly<Record<string, string>> = {
  aws_db_instance: "database server",
  aws_ec2_client_vpn_network_association: "VPN association",
  aws_ec2_transit_gateway_vpc_attachment: "transit gateway attachment",
  aws_efs_mount_target: "mount target",
  aws_eks_cluster: "Kubernetes cluster",
  aws_eip: "public address",
  aws_elasticache_cluster: "cache",
  aws_emr_cluster: "cluster that stays",
  aws_instance: "instance",
  aws_kinesis_stream: "stream",
  aws_lb: "load balancer",
  aws_msk_cluster: "Kafka cluster",
  aws_mwaa_environment: "Airflow environment",
  aws_nat_gateway: "NAT gateway",
  aws_opensearch_domain: "search cluster",
  aws_rds_cluster_instance: "database server",
  aws_redshift_cluster: "warehouse",
  aws_vpn_connection: "VPN connection",
};

/** What is billed by the hour and comes or goes. Endpoints are billed for each of their subnets. */
export const judgeCounts: Judge = (subject) => [...judgeHourly(subject), ...judgeEndpoints(subject)];

function judgeHourly({ change, base, head }: Subject): ReturnType<Judge> {
  const name = hourly[change.type];
  if (name === undefined || (change.action !== "add" && change.action !== "remove")) return [];
  const [was, is] = [count(base, change.type), count(head, change.type)];
  if (was === is) return [];
  const counts = `${is} instead of ${was} in this stack`;
  if (change.action === "add" && is > was) return [risk("cost", `One more ${name}: ${counts}.`)];
  if (change.action === "remove" && is < was) return [relief("cost", `One ${name} less: ${counts}.`)];
  return [];
}

function count(blocks: Blocks, type: string): number {
  return [...blocks.values()].filter((block) => block.kind === "resource" && block.type === type).length;
}

function judgeEndpoints({ change, before, after }: Subject): ReturnType<Judge> {
  if (change.type !== "aws_vpc_endpoint") return [];
  const [was, is] = [interfacesOf(before), interfacesOf(after)];
  if (was === is) return [];
  const sentence = `An interface endpoint in ${is} subnets instead of ${was}: each is billed by the hour.`;
  return [is > was ? risk("cost", sentence) : relief("cost", sentence)];
}

function interfacesOf(body: Json | undefined): number {
  return at(body, "vpc_endpoint_type") === "Interface"
    ? textsOf((body as { subnet_ids?: Json }).subnet_ids).length
    : 0;
}
