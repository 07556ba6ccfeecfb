import type { EnvironmentConfig } from "../../config";
import type { StoreOptions } from "../../release/publish";

/** The artifacts bucket of an environment, named as the lake stack names it. */
export function artifactsBucket({ project, environment, account_id }: EnvironmentConfig): string {
  return `${project}-${environment}-artifacts-${account_id}`;
}

/**
 * Works with an environment's artifacts bucket, and closes the connections to it afterwards. A bucket that is
 * called right but belongs to another account is refused.
 */
export async function withArtifacts<Result>(
  config: EnvironmentConfig,
  work: (store: StoreOptions) => Promise<Result>,
): Promise<Result> {
  const { createClient } = await import("../../release/publish");
  const client = createClient(config.region);
  try {
    return await work({ client, bucket: artifactsBucket(config), owner: config.account_id });
  } finally {
    client.destroy();
  }
}
