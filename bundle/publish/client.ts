import { S3Client } from "@aws-sdk/client-s3";

/** Attempts of one request. The SDK waits longer before each, and longest when S3 says to slow down. */
const ATTEMPTS = 6;

/** Milliseconds: a connection that says nothing for so long is cut and tried again. */
const CONNECT = 5_000;
const SILENCE = 30_000;

/**
 * An S3 client for publishing: patient with cut connections and throttling.
 * Credentials come from the default chain of the SDK.
 *
 * @param region the bucket's region
 */
export function createClient(region: string): S3Client {
  // The oldest Node that works is in package.json; the SDK's notice of its future plans is none of the user's business.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  return new S3Client({
    region,
    maxAttempts: ATTEMPTS,
    retryMode: "standard",
    requestHandler: { connectionTimeout: CONNECT, socketTimeout: SILENCE },
    // Buckets have no host names of their own at an endpoint that is not Amazon's.
    forcePathStyle: (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined,
  });
}
