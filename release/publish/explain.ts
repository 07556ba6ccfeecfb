import { awsReason } from "../../base/aws-errors";
import { BundleError } from "../failure";

/** The parts of the SDK's errors that tell what happened. */
interface ServiceError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

const REGION = "x-amz-bucket-region";
const redirected = new Set([
  "PermanentRedirect",
  "AuthorizationHeaderMalformed",
  "IllegalLocationConstraintException",
]);
const again = "run the same command again: the current release is untouched until a new one is complete";

/** Whether an object or a bucket is not there. */
export function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as ServiceError;
  return name !== "NoSuchBucket" && $metadata?.httpStatusCode === 404;
}

/** Whether a conditional write found something else than it expected, or another write at the same time. */
export function isConflict(error: unknown): boolean {
  const status = (error as ServiceError).$metadata?.httpStatusCode;
  return status === 412 || status === 409;
}

/**
 * Says an S3 error in the words of someone who publishes.
 *
 * @param doing what was attempted, such as `put etl/current.json`
 */
export function explain(error: unknown, bucket: string, doing: string): BundleError {
  const [message, remedy] = describe(error as ServiceError, bucket);
  return new BundleError(`s3://${bucket}: ${message} (${doing})`, remedy, { cause: error });
}

function describe(error: ServiceError, bucket: string): [string, string] {
  const { name = "Error", code, message = "", $metadata } = error;
  const status = $metadata?.httpStatusCode ?? 0;
  if (isElsewhere(error, status)) return describeRegion(error, bucket);
  if (isRefusedAtTheDoor(error, status)) {
    const { reason, remedy } = awsReason(error);
    return [reason, remedy];
  }
  if ($metadata !== undefined && status === 0) return [`S3 could not be reached (${code ?? message})`, again];
  if (name === "NoSuchBucket")
    return ["the bucket does not exist", "apply the lake stack of the environment first"];
  if (status === 403)
    return ["access is denied", "use a role of the environment's account that may write to this bucket"];
  if (status >= 500)
    return [`S3 kept answering ${status} ${name} after ${$metadata?.attempts ?? 1} attempts`, again];
  return [`${name}: ${message}`, again];
}

/** Whether S3 did not accept who asks, whatever was asked. */
function isRefusedAtTheDoor({ name = "" }: ServiceError, status: number): boolean {
  const whoAsks =
    /^(?:CredentialsProviderError|ExpiredToken\w*|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|RequestTimeTooSkewed)$/;
  return whoAsks.test(name) || (status === 400 && /^(?:UnknownError|Unknown|BadRequest|400)$/.test(name));
}

/** An answer to HEAD has no body: a wrong region is told by the status and a header only. */
function isElsewhere({ name = "", $response }: ServiceError, status: number): boolean {
  if (status === 301 || redirected.has(name)) return true;
  return status === 400 && $response?.headers?.[REGION] !== undefined;
}

function describeRegion({ $response, message = "" }: ServiceError, bucket: string): [string, string] {
  const region = $response?.headers?.[REGION] ?? /expecting '([a-z0-9-]+)'/.exec(message)?.[1];
  const where = region === undefined ? "is in another region" : `is in ${region}`;
  return [`the bucket ${where}`, `set region in the environment's .tfvars to that of ${bucket}`];
}
