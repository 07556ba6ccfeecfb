import { z } from "zod";
import * as sections from "./sections";
import { type AccessConfig, type AccessDefaults, accessOf } from "./sections/access";
import { identityShape } from "./sections/identity";
import { type ObservabilityConfig, observabilityOf } from "./sections/observability";
import { type ProcessingConfig, processingOf } from "./sections/processing";

type Sections = typeof sections;

/** The schema of each section, by name in alphabetical order, with the compiler's knowledge of which is whose. */
const sectionShape = Object.fromEntries(
  Object.entries(sections)
    .map(([name, { schema }]) => [name, schema] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1)),
) as unknown as { readonly [Name in keyof Sections]: Sections[Name]["schema"] };

/** An environment as its file holds it: strict, with the defaults that do not depend on other keys. */
export const environmentSchema = z.strictObject({ ...identityShape, ...sectionShape });

type EnvironmentFile = z.output<typeof environmentSchema>;

type NetworkFile = EnvironmentFile["network"];
type SubnetKind = "public_subnets" | "private_subnets" | "database_subnets";

/** A subnet to create, which has a range, or one that is there, which has an id. */
export type SubnetConfig = { zone: string } & ({ cidr: string } | { id: string });

/** The network, whose subnets have the same names and places in the file's stead whether created or there. */
type NetworkConfig = Omit<NetworkFile, SubnetKind | "endpoints"> &
  Record<SubnetKind, Record<string, SubnetConfig>>;

/** An environment with every default applied. */
export type EnvironmentConfig = Omit<
  EnvironmentFile,
  "access" | "allowed_account_ids" | "network" | "observability" | "processing" | "state"
> & {
  access: AccessConfig;
  allowed_account_ids: string[];
  network: NetworkConfig;
  observability: ObservabilityConfig;
  processing: ProcessingConfig;
  state: { region: string };
};

/** Applies the defaults that are other keys' values, and reads the files that are named. */
export function withDerivedDefaults(file: EnvironmentFile, read: AccessDefaults["read"]): EnvironmentConfig {
  const network = networkOf(file.network);
  return {
    ...file,
    access: accessOf(file.access, { targetSubnet: firstSubnet(network), read }),
    allowed_account_ids: file.allowed_account_ids ?? [file.account_id],
    network,
    observability: observabilityOf(file.observability, file.orchestration.notification_emails),
    processing: processingOf(file.processing),
    state: { region: file.state.region ?? file.region },
  };
}

/** Minimal endpoints are S3's alone, which every created network has. Of a VPC that is there the subnets are its own, and nothing of what leads out of it is the platform's. */
function networkOf({ endpoints, ...network }: NetworkFile): NetworkConfig {
  const { existing } = network;
  if (existing === undefined)
    return endpoints === "minimal" ? { ...network, interface_endpoints: [] } : network;
  const { public_subnets, private_subnets, database_subnets } = existing;
  const own = { public_subnets, private_subnets, database_subnets };
  return { ...network, ...own, nat_gateways: "none", interface_endpoints: [] };
}

/** The first public subnet by zone and name, or else the first private one, by kind and name. */
function firstSubnet({ public_subnets, private_subnets }: NetworkConfig): string {
  const first = (kind: string, subnets: Readonly<Record<string, { readonly zone: string }>>) =>
    Object.entries(subnets)
      .map(([name, { zone }]) => ({ key: `${zone} ${name}`, name: `${kind}_${name}` }))
      .sort((one, other) => (one.key < other.key ? -1 : 1))
      .at(0)?.name;
  return first("public", public_subnets) ?? first("private", private_subnets) ?? "";
}
