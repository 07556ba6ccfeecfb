import { endpointsWithoutNat, requiredInterfaceEndpoints } from "../catalogue/interface-endpoints";
import type { Report } from "../problems";
import type { Parts } from "./rule";

/**
 * MWAA takes two private subnets in two zones, and so does a database's subnet group.
 * Sources: Amazon MWAA User Guide, "About networking on Amazon MWAA"; Amazon RDS User Guide, "Working with a DB
 * instance in a VPC".
 */
export function zoneRules({ network }: Parts, report: Report): void {
  const needs = { private_subnets: "MWAA", database_subnets: "RDS" } as const;
  const section = network?.existing ? ["network", "existing"] : ["network"];
  for (const kind of ["private_subnets", "database_subnets"] as const) {
    const zones = zonesOf((network?.existing ?? network)?.[kind]);
    if (zones === undefined || zones.size >= 2) continue;
    const message = zones.size === 0 ? "has no subnet" : `has subnets in zone ${[...zones]} only`;
    const remedy = `use at least two subnets, in two zones: ${needs[kind]} needs both`;
    report([...section, kind], message, remedy);
  }
}

/** A NAT gateway stands in a public subnet: one in every private zone, or a single one anywhere. */
export function natRule({ network }: Parts, report: Report): void {
  if (network?.existing || network?.nat_gateways === "none") return;
  const publicZones = zonesOf(network?.public_subnets);
  const privateZones = zonesOf(network?.private_subnets);
  if (publicZones?.size === 0) {
    report(
      ["network", "public_subnets"],
      "has no subnet",
      "use at least one: NAT gateways stand in public subnets",
    );
  } else if (network?.nat_gateways === "per_zone" && publicZones && privateZones) {
    const missing = [...privateZones].filter((zone) => !publicZones.has(zone)).sort();
    if (missing.length === 0) return;
    const message = `needs a public subnet in zone ${missing.join(" and ")}, which has private subnets`;
    report(["network", "nat_gateways"], message, 'add it to network.public_subnets, or use "single"');
  }
}

/** What the platform sends to AWS by endpoints whatever else there is, and what has no other way without a NAT gateway. */
export function endpointRule({ network, processing }: Parts, report: Report): void {
  const endpoints = network?.interface_endpoints;
  if (endpoints === undefined) return;
  const closed = network?.nat_gateways === "none";
  const serverless = processing?.compute === "emr_serverless" ? (["emr-serverless"] as const) : [];
  const required = closed ? [...endpointsWithoutNat, ...serverless] : requiredInterfaceEndpoints;
  const missing = required.filter((service) => !endpoints.includes(service));
  if (missing.length === 0) return;
  const reason = closed ? 'nat_gateways = "none" leaves MWAA and EMR no other way' : "the platform needs it";
  report(["network", "interface_endpoints"], `lacks ${missing.join(", ")}`, `add what is missing: ${reason}`);
}

/** The zones of the subnets; `undefined` when one is not known, since then nothing can be said of all of them. */
function zonesOf(
  subnets: Readonly<Record<string, { readonly zone?: string } | undefined>> | undefined,
): Set<string> | undefined {
  const zones = Object.values(subnets ?? {}).map((subnet) => subnet?.zone);
  return subnets === undefined || zones.includes(undefined) ? undefined : new Set(zones as string[]);
}
