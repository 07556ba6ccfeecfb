import { z } from "zod";
import { identityShape } from "./identity";
import { lakeSchema } from "./lake";
import { networkSchema } from "./network";
import { orchestrationSchema } from "./orchestration";
import { processingSchema } from "./processing";

/** An environment as its file holds it: strict, with the defaults that do not depend on other keys. */
export const environmentSchema = z.strictObject({
  ...identityShape,
  network: networkSchema.prefault({}).describe("The VPC, its subnets and endpoints."),
  lake: lakeSchema.prefault({}).describe("The buckets."),
  processing: processingSchema.prefault({}).describe("The EMR cluster of each run."),
  orchestration: orchestrationSchema.describe("Airflow on MWAA."),
});

type EnvironmentFile = z.output<typeof environmentSchema>;

/** An environment with every default applied. */
export type EnvironmentConfig = Omit<EnvironmentFile, "allowed_account_ids" | "state"> & {
  allowed_account_ids: string[];
  state: { region: string };
};

/** Applies the defaults that are other keys' values. */
export function withDerivedDefaults(file: EnvironmentFile): EnvironmentConfig {
  return {
    ...file,
    allowed_account_ids: file.allowed_account_ids ?? [file.account_id],
    state: { region: file.state.region ?? file.region },
  };
}
