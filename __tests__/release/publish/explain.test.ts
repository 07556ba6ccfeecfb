import { explain } from "../../../release/publish/explain";

const again = "run the same command again: the current release is untouched until a new one is complete";
const answered = (httpStatusCode: number) => ({ $metadata: { httpStatusCode, attempts: 6 } });
const from = (region: string) => ({ $response: { headers: { "x-amz-bucket-region": region } } });

test.each([
  [
    "no credentials",
    { name: "CredentialsProviderError", message: "Could not load credentials from any providers" },
    "no AWS credentials were found",
    "sign in, or set AWS_PROFILE",
  ],
  [
    "credentials that expired",
    { name: "ExpiredToken", ...answered(400) },
    "the AWS session has expired",
    "sign in again",
  ],
  [
    "credentials that are wrong",
    { name: "InvalidAccessKeyId", ...answered(403) },
    "AWS does not accept the credentials (InvalidAccessKeyId)",
    "sign in again, or set AWS_PROFILE",
  ],
  [
    "a session token that expired, asked by HEAD",
    { name: "UnknownError", message: "UnknownError", ...answered(400) },
    "the AWS session has expired, or its token is malformed",
    "sign in again",
  ],
  [
    "a bucket that is not there",
    { name: "NoSuchBucket", ...answered(404) },
    "the bucket does not exist",
    "apply the lake stack of the environment first",
  ],
  [
    "a bucket in another region",
    { name: "PermanentRedirect", ...answered(301), ...from("eu-west-1") },
    "the bucket is in eu-west-1",
    "set region in the environment's .tfvars to that of shop",
  ],
  [
    "a bucket in another region, asked by HEAD",
    { name: "400", ...answered(400), ...from("eu-west-1") },
    "the bucket is in eu-west-1",
    "set region in the environment's .tfvars to that of shop",
  ],
  [
    "a bucket in another region, as the signature tells",
    {
      name: "AuthorizationHeaderMalformed",
      message: "the region 'eu-north-1' is wrong; expecting 'eu-west-1'",
      ...answered(400),
    },
    "the bucket is in eu-west-1",
    "set region in the environment's .tfvars to that of shop",
  ],
  [
    "a redirection that does not say where",
    { name: "301", ...answered(301) },
    "the bucket is in another region",
    "set region in the environment's .tfvars to that of shop",
  ],
  [
    "a role that may not",
    { name: "AccessDenied", ...answered(403) },
    "access is denied",
    "use a role of the environment's account that may write to this bucket",
  ],
  [
    "a server that is not there",
    { name: "TimeoutError", code: "ECONNREFUSED", $metadata: { attempts: 6 } },
    "S3 could not be reached (ECONNREFUSED)",
    again,
  ],
  [
    "throttling without end",
    { name: "SlowDown", ...answered(503) },
    "S3 kept answering 503 SlowDown after 6 attempts",
    again,
  ],
  [
    "anything else",
    { name: "EntityTooLarge", message: "too large", ...answered(400) },
    "EntityTooLarge: too large",
    again,
  ],
])("%s", (_, error, message, remedy) => {
  const explained = explain(error, "shop", "put main.py");
  expect(explained.message).toBe(`s3://shop: ${message} (put main.py)`);
  expect(explained.remedy).toBe(remedy);
  expect(explained.cause).toBe(error);
});
