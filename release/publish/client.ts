import { S3Client } from "@aws-sdk/client-s3";
import { traced } from "../../base/aws-errors";

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
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  return traced(
    new S3Client({
      region,
      maxAttempts: ATTEMPTS,
      retryMode: "standard",
      requestHandler: { connectionTimeout: CONNECT, socketTimeout: SILENCE },
      // Buckets have no host names of their own at an endpoint that is not Amazon's.
      forcePathStyle: (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined,
    }),
  );
}
