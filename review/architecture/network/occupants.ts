import { listOf } from "../../json";
import { type BoxContent, boxOf } from "../box";
import type { Box } from "../drawing";
import { type Estate, type Resource, textOf } from "../estate";
import { clustersOf } from "../flow/clusters";
import { markOfChange } from "../marks";

type Describe = (resource: Resource) => BoxContent;

/** What stands in subnets, and how it is called. */
const described: Readonly<Record<string, Describe>> = {
  aws_nat_gateway: () => ({ title: "NAT gateway", kind: "gateway" }),
  aws_mwaa_environment: ({ body }) => ({
    title: "Airflow on MWAA",
    lines: [
      `${textOf(body.environment_class)}, ${textOf(body.min_workers)} to ${textOf(body.max_workers)} workers`,
    ],
    kind: "compute",
  }),
  aws_emrserverless_application: ({ body }) => ({
    title: "EMR Serverless",
    lines: [textOf(body.release_label)],
    kind: "compute",
  }),
  aws_emr_cluster: ({ body }) => ({
    title: "EMR cluster",
    lines: [textOf(body.release_label)],
    kind: "compute",
  }),
  aws_msk_cluster: ({ body }) => ({
    title: "Kafka on MSK",
    lines: [
      `Kafka ${textOf(body.kafka_version)}`,
      `${textOf(body.number_of_broker_nodes)} brokers in all zones`,
    ],
    kind: "store",
  }),
  aws_db_instance: ({ body }) => ({
    title: "RDS metadata store",
    lines: [
      `${textOf(body.engine)} ${textOf(body.engine_version)}, ${textOf(body.instance_class)}`,
      body.multi_az === true ? "one zone active, one standby" : "runs in one of its zones",
    ],
    kind: "store",
  }),
};

function describedIn(estate: Estate, subnet: Resource, within: string): readonly Box[] {
  const residents = estate.all(...Object.keys(described)).filter((resource) => {
    const direct = estate.named(resource);
    const groups = direct.filter(({ type }) => type === "aws_db_subnet_group");
    return [...direct, ...groups.flatMap((group) => estate.named(group))].includes(subnet);
  });
  return residents.flatMap((resource) => {
    const content = described[resource.type]?.(resource);
    return content ? [boxOf([resource], { ...content, within })] : [];
  });
}

/** The last part of a service's name: `sqs` of `com.amazonaws.eu-north-1.sqs`. */
export function serviceOf(endpoint: Resource): string {
  return textOf(endpoint.body.service_name).split(".").at(-1) ?? endpoint.name;
}

/** A service's name, and what happens to its endpoint where not the same happens to all. */
function serviceLine(endpoint: Resource, isMixed: boolean): string {
  const name = serviceOf(endpoint);
  return isMixed && endpoint.change ? `${name} (${markOfChange(endpoint.change)})` : name;
}

/** Interface endpoints are many and alike: one box for each subnet. */
function endpointsIn(estate: Estate, subnet: Resource, within: string): readonly Box[] {
  const [first, ...rest] = estate.referring(subnet, "aws_vpc_endpoint");
  if (!first) return [];
  const all = [first, ...rest];
  const isMixed = all.some(({ change }) => change?.action !== first.change?.action);
  const lines = all.map((endpoint) => serviceLine(endpoint, isMixed));
  const box = boxOf([first, ...rest], { title: "Interface endpoints", lines, kind: "gateway", within });
  return [isMixed ? { ...box, mark: "changed" } : box];
}

/** Clusters that Airflow starts are in no stack: the facts that Airflow reads say where they will be. */
function clustersIn(estate: Estate, subnet: Resource, within: string): readonly Box[] {
  const clusters = clustersOf(estate);
  if (!clusters?.subnets.includes(subnet)) return [];
  return [
    boxOf([clusters.facts], {
      title: "EMR clusters",
      lines: ["started by Airflow"],
      kind: "compute",
      within,
    }),
  ];
}

/** What stands in a subnet. */
export function occupantsOf(estate: Estate, subnet: Resource): readonly Box[] {
  const within = subnet.name;
  return [describedIn, clustersIn, endpointsIn].flatMap((find) => find(estate, subnet, within));
}

/** The endpoints that are a route, not an address in a subnet. */
export function gatewayEndpoints(estate: Estate, vpc: Resource): readonly Resource[] {
  return estate
    .referring(vpc, "aws_vpc_endpoint")
    .filter(({ body }) => listOf(body.route_table_ids).length > 0);
}
