import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { EnvironmentConfig } from "../config";
import { stateBucketOf } from "../stacks/core/names";
import { parseState, type State } from "./state-file";

/**
 * Reads a state from the state bucket of an environment's account.
 *
 * @param key of the state's object
 * @returns undefined where there is no bucket yet, or nothing was applied
 */
export async function readStoredState(config: EnvironmentConfig, key: string): Promise<State | undefined> {
  const { createClient } = await import("../release/publish");
  const client = createClient(config.state.region);
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: stateBucketOf(config), Key: key }));
    return parseState((await Body?.transformToString()) ?? "");
  } catch (error) {
    if (error instanceof Error && /^NoSuch(?:Bucket|Key)$/.test(error.name)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
