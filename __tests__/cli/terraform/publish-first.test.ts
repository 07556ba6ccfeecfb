import { artifactsBucket } from "../../../cli/release/artifacts";
import { publishFirst } from "../../../cli/terraform/publish-jobs";
import type { Session } from "../../../cli/terraform/session";
import { S3Server } from "../../release/support/s3-server";
import { dev } from "../../stacks/environments";

jest.mock("../../../release", () => ({
  ...jest.requireActual("../../../release"),
  buildBundle: () => Promise.reject(new Error("a release is built")),
}));

describe("publishing on the way of an apply that was reviewed", () => {
  jest.setTimeout(60_000);

  const server = new S3Server();
  const endpoint = process.env.AWS_ENDPOINT_URL;
  const session = { config: dev } as Session;

  beforeAll(() => {
    process.env.AWS_ENDPOINT_URL = server.url;
  });

  afterAll(() => {
    if (endpoint === undefined) delete process.env.AWS_ENDPOINT_URL;
    else process.env.AWS_ENDPOINT_URL = endpoint;
  });

  test("happens where nothing is published, and leaves alone what is", async () => {
    const bucket = await server.makeBucket(artifactsBucket(dev));
    await expect(publishFirst(session, true)).rejects.toThrow("a release is built");
    const release = "0123456789abcdef";
    await bucket.put(`etl/releases/${release}/manifest.json`, "{}");
    await bucket.put("etl/current.json", JSON.stringify({ schema_version: 1, release }));
    expect(await publishFirst(session, true)).toEqual({ word: "found", detail: `release ${release}` });
  });
});
