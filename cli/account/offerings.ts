import { EC2Client, paginateDescribeInstanceTypeOfferings } from "@aws-sdk/client-ec2";
import {
  type OrderableDBInstanceOption,
  paginateDescribeOrderableDBInstanceOptions,
  RDSClient,
} from "@aws-sdk/client-rds";
import type { EnvironmentConfig } from "../../config";
import { type Read, readAws, withClient } from "./aws-read";
import { ok, type Verdict, verdict } from "./verdict";

/** Names of types or classes, with the zones that offer each. */
type Zones = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Asks EC2 whether the instance types of clusters are offered where their nodes run. The table of `./platform check` is
 * a snapshot of one date, by region and without zones.
 * Source: Amazon EMR Management Guide, "Supported instance types": a type that is not available may stall a cluster.
 */
export async function checkInstanceTypes(config: EnvironmentConfig): Promise<Verdict> {
  const { region, network, processing } = config;
  if (processing.compute !== "emr") return ok("none: jobs run on EMR Serverless");
  const types = [...new Set([...processing.primary_instance_types, ...processing.core_instance_types])];
  const read = await readInstanceTypes(region, types);
  if ("unread" in read) return verdict("unknown", read.unread, read.remedy);
  const offered = read.value;
  const missing = types.filter((type) => !offered.has(type));
  if (missing.length > 0) {
    const remedy = "take them out of processing.primary_instance_types and processing.core_instance_types";
    return verdict("wrong", `${missing.join(", ")}: not offered in ${region}`, remedy);
  }
  const zones = zonesOf(region, (network.existing ?? network).private_subnets);
  const elsewhere = types.filter((type) => zones.every((zone) => !offered.get(type)?.has(zone)));
  if (elsewhere.length > 0) {
    const detail = `${elsewhere.join(", ")}: not offered in the zones of the private subnets, ${zones.join(", ")}`;
    return verdict("wrong", detail, "use other types, or private subnets in other zones");
  }
  return ok(`${types.join(", ")}: offered in ${region}`);
}

/** Asks RDS whether the class of the database can be ordered, with a standby if the environment wants one. */
export async function checkDatabaseClass(config: EnvironmentConfig): Promise<Verdict> {
  const { region, network, metadata } = config;
  const { instance_class: name, postgres_version: version, multi_az: standby } = metadata;
  const what = `${name} for PostgreSQL ${version}${standby ? " with a standby" : ""}`;
  const read = await readDatabaseZones(region, name, version, standby);
  if ("unread" in read) return verdict("unknown", read.unread, read.remedy);
  if (read.value.size === 0)
    return verdict("wrong", `${what}: not offered in ${region}`, "use another metadata.instance_class");
  const zones = zonesOf(region, (network.existing ?? network).database_subnets);
  const usable = zones.filter((zone) => read.value.has(zone));
  if (usable.length < (standby ? 2 : 1)) {
    const detail = `${what}: of the zones of the database subnets, offered in ${usable.join(", ") || "none"}`;
    return verdict("wrong", detail, `use database subnets in ${[...read.value].sort().join(", ")}`);
  }
  return ok(`${what}: offered in ${usable.join(", ")}`);
}

function zonesOf(region: string, subnets: Readonly<Record<string, { readonly zone: string }>>): string[] {
  return [...new Set(Object.values(subnets).map(({ zone }) => `${region}${zone}`))].sort();
}

function readInstanceTypes(region: string, types: string[]): Promise<Read<Zones>> {
  return readAws("ec2:DescribeInstanceTypeOfferings", () =>
    withClient(
      (options) => new EC2Client({ ...options, region }),
      async (client) => {
        const asked = {
          LocationType: "availability-zone" as const,
          Filters: [{ Name: "instance-type", Values: types }],
        };
        const zones = new Map<string, Set<string>>();
        for await (const page of paginateDescribeInstanceTypeOfferings({ client }, asked))
          for (const { InstanceType = "", Location = "" } of page.InstanceTypeOfferings ?? [])
            zones.set(InstanceType, (zones.get(InstanceType) ?? new Set()).add(Location));
        return zones;
      },
    ),
  );
}

/** The zones where any minor version of a major one can be ordered: RDS takes its default among them. */
function readDatabaseZones(
  region: string,
  name: string,
  version: string,
  standby: boolean,
): Promise<Read<ReadonlySet<string>>> {
  return readAws("rds:DescribeOrderableDBInstanceOptions", () =>
    withClient(
      (options) => new RDSClient({ ...options, region }),
      async (client) => {
        const asked = { Engine: "postgres", DBInstanceClass: name, Vpc: true };
        const options: OrderableDBInstanceOption[] = [];
        for await (const page of paginateDescribeOrderableDBInstanceOptions({ client }, asked))
          options.push(...(page.OrderableDBInstanceOptions ?? []));
        const fitting = options.filter(
          ({ EngineVersion = "", MultiAZCapable = false }) =>
            EngineVersion.split(".")[0] === version && (MultiAZCapable || !standby),
        );
        const zones = fitting.flatMap(({ AvailabilityZones = [] }) => AvailabilityZones);
        return new Set(zones.map(({ Name = "" }) => Name));
      },
    ),
  );
}
