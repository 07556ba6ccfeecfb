import { Failure } from "../../base/failure";
import type { EnvironmentConfig } from "../../config";
import { exitCodes } from "../../contracts/layout";
import { createClient } from "../../release/publish";
import { confirm } from "../confirm";
import { table } from "../table";
import { findRestorations, type RestorePlace, restore } from "./restore-objects";

/** What the user asked for. */
export interface RestoreOptions {
  readonly at: Date;
  /** Say what would be put back, and stop. */
  readonly list?: boolean;
  readonly yes?: boolean;
}

/**
 * Puts the objects of an environment's data bucket back to what they were at a moment, after a look and a yes.
 * @throws Failure when the user declines
 */
export async function restoreEnvironment(
  config: EnvironmentConfig,
  prefix: string,
  { at, list = false, yes = false }: RestoreOptions,
): Promise<void> {
  await inDataBucket(config, async (place) => {
    const found = await findRestorations(place, prefix, at);
    const where = prefix === "" ? `the whole bucket s3://${place.bucket}` : `s3://${place.bucket}/${prefix}`;
    if (found.length === 0) {
      console.log(
        `${where}: nothing to put back; it is what it was at ${at.toISOString()}, or was not there`,
      );
      return;
    }
    const rows = found.map(({ key, now, version }) => [key, now, version.modified.toISOString()]);
    console.log(table(["object", "now", "back to the version of"], rows));
    if (list) return;
    if (!(await confirm(`Put back ${found.length} of ${where}?`, yes)))
      throw new Failure("stopped: you declined; nothing was changed", undefined, exitCodes.interrupted);
    for (const one of found) await restore(place, one);
    console.log(`${found.length} put back; the versions from before are kept as well`);
  });
}

/** Returns what would be put back, as data. */
export function listRestorations(config: EnvironmentConfig, prefix: string, at: Date) {
  return inDataBucket(config, async (place) => {
    const found = await findRestorations(place, prefix, at);
    return {
      bucket: place.bucket,
      prefix,
      at: at.toISOString(),
      objects: found.map(({ key, now, version }) => ({
        key,
        now,
        version_id: version.versionId,
        modified: version.modified.toISOString(),
      })),
    };
  });
}

async function inDataBucket<Result>(
  config: EnvironmentConfig,
  work: (place: RestorePlace) => Promise<Result>,
): Promise<Result> {
  const client = createClient(config.region);
  const bucket = `${config.project}-${config.environment}-data-${config.account_id}`;
  try {
    return await work({ client, bucket, owner: config.account_id });
  } finally {
    client.destroy();
  }
}
