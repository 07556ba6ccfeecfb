import { type Cidr, parseCidr } from "../../base/cidr";
import { offeringsDate } from "../catalogue/instance-types";
import { zoneLetters } from "../catalogue/zones";
import type { Report } from "../problems";
import type { DocumentedRule } from "../rule";
import type { ValidParts } from "../schema/valid-parts";

interface Subnet {
  readonly cidr: string;
  readonly zone: string;
}

/** What lives in the private subnets, as far as it takes addresses there. */
type Parts = ValidParts<{
  region: string;
  network: {
    readonly existing?: object | undefined;
    readonly interface_endpoints: readonly string[];
    readonly public_subnets: Readonly<Record<string, Subnet>>;
    readonly private_subnets: Readonly<Record<string, Subnet>>;
    readonly database_subnets: Readonly<Record<string, Subnet>>;
  };
  processing: {
    readonly compute: string;
    readonly maximum_units: number;
    readonly serverless: { readonly maximum_vcpu: number; readonly executor: { readonly vcpu: number } };
  };
  orchestration: { readonly max_workers: number; readonly schedulers: number };
  streaming: { readonly subnets: readonly string[]; readonly brokers_per_zone: number } | undefined;
}>;

const tiers = ["public_subnets", "private_subnets", "database_subnets"] as const;

/** Addresses of a subnet that AWS keeps. Source: Amazon VPC User Guide, "Subnet sizing for IPv4". */
const KEPT = 5;

/** Interfaces of an MWAA environment besides workers and schedulers: web servers, database, and its own queue's proxy. */
const AIRFLOW_SERVICES = 5;

/** Every zone exists in the region. */
function zoneRule({ region, network }: Parts, report: Report): void {
  const letters = region === undefined ? undefined : zoneLetters(region);
  if (letters === undefined || network?.existing) return;
  for (const tier of tiers) {
    for (const [name, subnet] of Object.entries(network?.[tier] ?? {})) {
      if (subnet?.zone === undefined || letters.includes(subnet.zone)) continue;
      const message = `is not a zone of ${region} in EC2's list of ${offeringsDate}`;
      report(["network", tier, name, "zone"], message, `use one of ${[...letters].join(", ")}`);
    }
  }
}

/**
 * A private subnet has room for what can stand in it at once: a cluster starts in one subnet with all of its nodes, MWAA may
 * put half of itself into each, and every interface endpoint has an address in it.
 * Sources: Amazon EMR Management Guide, "Configure networking in a VPC for Amazon EMR"; Amazon MWAA User Guide, "About
 * networking on Amazon MWAA"; AWS PrivateLink Guide, "Subnets and Availability Zones".
 */
function roomRule(parts: Parts, report: Report): void {
  const { network } = parts;
  const everywhere = tenantsOf(parts);
  if (network?.existing || everywhere === undefined) return;
  const { nodes, airflow, endpoints } = everywhere;
  for (const [name, subnet] of Object.entries(network?.private_subnets ?? {})) {
    const range = subnet?.cidr === undefined ? undefined : rangeOf(subnet.cidr);
    const brokers = brokersIn(name, parts);
    const needed = nodes + airflow + endpoints + brokers;
    if (range === undefined || addressesIn(range) >= needed) continue;
    const kafka = brokers === 0 ? "" : `, ${brokers} brokers of Kafka`;
    const message = `has ${addressesIn(range)} addresses for ${nodes} nodes${kafka}, ${airflow} of Airflow's and ${endpoints} endpoints`;
    const prefix = Math.floor(32 - Math.log2(needed + KEPT));
    report(
      ["network", "private_subnets", name, "cidr"],
      message,
      `use a /${prefix} or bigger, or smaller maxima`,
    );
  }
}

/** What may have addresses in every private subnet; undefined where a part of it is not valid. */
function tenantsOf(parts: Parts) {
  const { max_workers: workers, schedulers } = parts.orchestration ?? {};
  const nodes = nodesOf(parts);
  const endpoints = parts.network?.interface_endpoints?.length;
  if (nodes === undefined || endpoints === undefined) return undefined;
  if (workers === undefined || schedulers === undefined) return undefined;
  return { nodes, endpoints, airflow: Math.ceil((workers + schedulers + AIRFLOW_SERVICES) / 2) };
}

function nodesOf({ processing }: Parts): number | undefined {
  if (processing?.compute === "emr" && processing.maximum_units !== undefined)
    return processing.maximum_units + 1;
  const { maximum_vcpu, executor } = processing?.serverless ?? {};
  if (processing?.compute !== "emr_serverless" || maximum_vcpu === undefined || executor?.vcpu === undefined)
    return undefined;
  return Math.ceil(maximum_vcpu / executor.vcpu);
}

/** A broker has one address in its subnet. Source: Amazon MSK Developer Guide, "Networking". */
function brokersIn(subnet: string, { streaming }: Parts): number {
  return streaming?.subnets?.includes(subnet) ? (streaming.brokers_per_zone ?? 0) : 0;
}

function addressesIn({ prefix }: Cidr): number {
  return 2 ** (32 - prefix) - KEPT;
}

function rangeOf(text: string): Cidr | undefined {
  return parseCidr(text);
}

/** What the subnets of the private tier, and their zones, have room for. */
export const networkRoomRules: readonly DocumentedRule<Parts>[] = [
  { says: "The zones of subnets exist in the region, where its zones are known.", check: [zoneRule] },
  {
    says: "A private subnet has an address for every node that a run may have, half of Airflow, every interface endpoint, and its brokers of Kafka.",
    check: [roomRule],
  },
];
