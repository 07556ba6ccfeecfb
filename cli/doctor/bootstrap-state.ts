import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { EnvironmentConfig } from "../../config";
import { createClient } from "../../release";
import { accountStateKey } from "../../stacks/bootstrap/accounts";
import { stateBucketOf } from "../../stacks/core/names";
import { parseState } from "../state-file";
import { managedTypes } from "../terraform/state";

/**
 * Types of what `bootstrap` has created in the account, from its state; none before the first bootstrap, and undefined
 * where the state may not be read.
 */
export async function bootstrappedTypes(config: EnvironmentConfig): Promise<ReadonlySet<string> | undefined> {
  const client = createClient(config.state.region);
  try {
    const object = { Bucket: stateBucketOf(config), Key: accountStateKey(config) };
    const { Body } = await client.send(new GetObjectCommand(object));
    return managedTypes(parseState((await Body?.transformToString()) ?? ""));
  } catch (error) {
    const { name } = error as Error;
    return name === "NoSuchBucket" || name === "NoSuchKey" ? new Set() : undefined;
  } finally {
    client.destroy();
  }
}
