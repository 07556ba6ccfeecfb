import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { EnvironmentConfig } from "../../config";
import { createClient } from "../../release";
import { stateBucketOf } from "../../stacks/core/names";
import type { Verdict } from "../account/verdict";

/** Whether the bucket of the states is there, is the account's, keeps every version and encrypts. */
export async function checkStateBucket(config: EnvironmentConfig): Promise<Verdict> {
  const bucket = stateBucketOf(config);
  const bootstrap = `./platform bootstrap --env ${config.environment}`;
  const client = createClient(config.state.region);
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: config.account_id }));
    const lacking = await whatLacks(client, bucket);
    if (lacking.length === 0) return { state: "ok", detail: `${bucket}, versioned and encrypted` };
    return { state: "wrong", detail: `${bucket} is not ${lacking.join(" and not ")}`, remedy: bootstrap };
  } catch (error) {
    return explain(error as Refusal, bucket, bootstrap);
  } finally {
    client.destroy();
  }
}

async function whatLacks(client: S3Client, Bucket: string): Promise<string[]> {
  const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
  const isEncrypted = await client.send(new GetBucketEncryptionCommand({ Bucket })).then(
    ({ ServerSideEncryptionConfiguration: { Rules = [] } = {} }) => Rules.length > 0,
    (error: Error) => {
      if (error.name === "ServerSideEncryptionConfigurationNotFoundError") return false;
      throw error;
    },
  );
  return [...(Status === "Enabled" ? [] : ["versioned"]), ...(isEncrypted ? [] : ["encrypted"])];
}

type Refusal = Error & { readonly $metadata?: { readonly httpStatusCode?: number } };

function explain({ name, message, $metadata }: Refusal, bucket: string, bootstrap: string): Verdict {
  switch ($metadata?.httpStatusCode) {
    case 404:
      return { state: "missing", detail: `${bucket} does not exist`, remedy: bootstrap };
    case 301:
      return {
        state: "wrong",
        detail: `${bucket} is in another region`,
        remedy: "set state.region in the environment's file to it",
      };
    case 403:
      return {
        state: "wrong",
        detail: `${bucket} may not be looked at, or is another account's`,
        remedy: "take a role of the account that may read the states; docs/account.md has them",
      };
    default:
      return {
        state: "wrong",
        detail: `${bucket} cannot be reached (${name}: ${message})`,
        remedy: "look at the network, and at proxies and AWS_ENDPOINT_URL",
      };
  }
}
