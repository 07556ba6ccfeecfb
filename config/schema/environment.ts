import { z } from "zod";
import { identityShape } from "./identity";
import { lakeSchema } from "./lake";
import { metadataSchema } from "./metadata";
import { networkSchema } from "./network";
import { orchestrationSchema } from "./orchestration";
import { processingSchema } from "./processing";

/** An environment as its file holds it: strict, with the defaults that do not depend on other keys. */
export const environmentSchema = z.strictObject({
  ...identityShape,
  network: networkSchema.prefault({}).describe("The VPC, its subnets and endpoints."),
  lake: lakeSchema.prefault({}).describe("The buckets."),
  metadata: metadataSchema.prefault({}).describe("The database of runs, on RDS for PostgreSQL."),
  processing: processingSchema
    .prefault({})
    .describe("What a run computes on: the EMR cluster of each run, or EMR Serverless."),
  orchestration: orchestrationSchema.describe("Airflow on MWAA."),
});

type EnvironmentFile = z.output<typeof environmentSchema>;

type NetworkFile = EnvironmentFile["network"];
type SubnetKind = "public_subnets" | "private_subnets" | "database_subnets";

/** A subnet to create, which has a range, or one that is there, which has an id. */
export type SubnetConfig = { zone: string } & ({ cidr: string } | { id: string });

/** The network, whose subnets have the same names and places in the file's stead whether created or there. */
type NetworkConfig = Omit<NetworkFile, SubnetKind> & Record<SubnetKind, Record<string, SubnetConfig>>;

/** An environment with every default applied. */
export type EnvironmentConfig = Omit<EnvironmentFile, "allowed_account_ids" | "network" | "state"> & {
  allowed_account_ids: string[];
  network: NetworkConfig;
  state: { region: string };
};

/** Applies the defaults that are other keys' values. */
export function withDerivedDefaults(file: EnvironmentFile): EnvironmentConfig {
  return {
    ...file,
    allowed_account_ids: file.allowed_account_ids ?? [file.account_id],
    network: networkOf(file.network),
    state: { region: file.state.region ?? file.region },
  };
}

/** Of a VPC that is there the subnets are its own, and nothing of what leads out of it is the platform's. */
function networkOf(network: NetworkFile): NetworkConfig {
  const { existing } = network;
  if (existing === undefined) return network;
  const { public_subnets, private_subnets, database_subnets } = existing;
  const own = { public_subnets, private_subnets, database_subnets };
  return { ...network, ...own, nat_gateways: "none", interface_endpoints: [] };
}
