import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GetObjectCommand, HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { awsReason, describeAwsError, traced } from "../../base/aws-errors";

describe("an error of a request", () => {
  const before = { ...process.env };
  let server: Server;
  let answer: { status: number; body: string };
  let options: object;

  beforeAll(async () => {
    server = createServer((_, response) => response.writeHead(answer.status).end(answer.body));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    options = { region: "eu-north-1", endpoint, credentials, maxAttempts: 1, forcePathStyle: true };
  });

  afterAll(() => server.close());

  afterEach(() => {
    process.env = { ...before };
  });

  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  const xml = (code: string): string => `<Error><Code>${code}</Code><Message>no</Message></Error>`;
  const getObject = (more: object = {}): Promise<unknown> =>
    failure(
      traced(new S3Client({ ...options, ...more })).send(
        new GetObjectCommand({ Bucket: "data", Key: "a/b" }),
      ),
    );

  test.each([
    [403, "AccessDenied", "access is denied"],
    [404, "NoSuchKey", "it does not exist"],
    [400, "ExpiredToken", "the AWS session has expired"],
    [403, "RequestTimeTooSkewed", "this machine's clock differs from that of AWS"],
    [403, "SignatureDoesNotMatch", "AWS does not accept the credentials (SignatureDoesNotMatch)"],
    [301, "PermanentRedirect", "it is in another region"],
  ])("%i %s names request, resource and reason", async (status, code, reason) => {
    answer = { status, body: xml(code) };
    expect(describeAwsError(await getObject())?.message).toBe(
      `s3:GetObject of s3://data/a/b failed: ${reason}`,
    );
  });

  test("without a body, as HEAD has it, is a session that has expired", async () => {
    answer = { status: 400, body: "" };
    const client = traced(new S3Client(options));
    const error = await failure(client.send(new HeadBucketCommand({ Bucket: "data" })));
    expect(describeAwsError(error)).toEqual({
      message: "s3:HeadBucket of s3://data/ failed: the AWS session has expired, or its token is malformed",
      remedy: "sign in again",
    });
  });

  test("of another service names what that service knows", async () => {
    answer = { status: 400, body: JSON.stringify({ __type: "ResourceNotFoundException" }) };
    const client = traced(new SecretsManagerClient(options));
    const error = await failure(client.send(new GetSecretValueCommand({ SecretId: "x/dev/smtp" })));
    expect(describeAwsError(error)?.message).toBe(
      "secretsmanager:GetSecretValue of x/dev/smtp failed: it does not exist",
    );
  });

  test("of a server that does not answer names the network", async () => {
    const error = await getObject({ endpoint: "http://127.0.0.1:9" });
    expect(describeAwsError(error)).toEqual({
      message: "s3:GetObject of s3://data/a/b failed: AWS cannot be reached (ECONNREFUSED)",
      remedy: "check the network, the proxy and AWS_ENDPOINT_URL",
    });
  });

  test("of a client that is not traced, or of no client, is not described", () => {
    expect(describeAwsError(new Error("no"))).toBeUndefined();
    expect(describeAwsError("no")).toBeUndefined();
  });

  test.each([
    [{}, "no AWS credentials were found"],
    [{ AWS_PROFILE: "nope" }, "no credentials of the profile nope were found (Could not load)"],
    [{ AWS_ACCESS_KEY_ID: "a" }, "AWS_SECRET_ACCESS_KEY is not set, and the other half of the key is"],
    [{ AWS_SECRET_ACCESS_KEY: "a" }, "AWS_ACCESS_KEY_ID is not set, and the other half of the key is"],
  ])("without credentials under %j says which are missing", (environment, reason) => {
    for (const name of ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
      delete process.env[name];
    Object.assign(process.env, environment);
    expect(awsReason({ name: "CredentialsProviderError", message: "Could not load" }).reason).toBe(reason);
  });
});
