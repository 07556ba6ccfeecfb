import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";

const moto = join(__dirname, "..", "..", "..", ".venv", "tools", "bin", "moto_server");
const region = "eu-north-1";

process.env.AWS_ACCESS_KEY_ID = "test";
process.env.AWS_SECRET_ACCESS_KEY = "test";
process.env.AWS_EC2_METADATA_DISABLED = "true";
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** A server of the S3 protocol on loopback, started before the tests of the file and stopped after them. */
export class S3Server {
  url = "";
  #process: ChildProcess | undefined;

  constructor() {
    beforeAll(() => this.#start(), 60_000);
    afterAll(() => this.#stop());
  }

  /** A client of the server itself, past every proxy. */
  get client(): S3Client {
    return new S3Client({ region, endpoint: this.url, forcePathStyle: true });
  }

  /** A versioned bucket of its own, as the lake stack makes it. */
  async makeBucket(
    name = `artifacts-${Math.random().toString(36).slice(2)}`,
    where = region,
  ): Promise<Bucket> {
    const { client } = this;
    const LocationConstraint = where as "eu-north-1";
    await client.send(
      new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint } }),
    );
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
    return new Bucket(client, name);
  }

  async #start(): Promise<void> {
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const environment = { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "false" };
    this.#process = spawn(moto, ["-H", "127.0.0.1", "-p", String(port)], {
      stdio: "ignore",
      env: environment,
    });
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if (
        await fetch(`${this.url}/moto-api/`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return;
      await sleep(100);
    }
    throw new Error(`${moto} does not answer at ${this.url}`);
  }

  async #stop(): Promise<void> {
    const server = this.#process;
    if (server === undefined || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGKILL");
    await ended;
  }
}

/** What a test wants to know of a bucket, and do to it. */
export class Bucket {
  constructor(
    readonly client: S3Client,
    readonly name: string,
  ) {}

  async keys(prefix = ""): Promise<string[]> {
    const { Contents = [] } = await this.client.send(
      new ListObjectsV2Command({ Bucket: this.name, Prefix: prefix }),
    );
    return Contents.map(({ Key = "" }) => Key);
  }

  async text(key: string): Promise<string> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
    return (await Body?.transformToString("utf-8")) ?? "";
  }

  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever is there
  async json(key: string): Promise<any> {
    return JSON.parse(await this.text(key));
  }

  /** How often an object was written. */
  async versions(key: string): Promise<number> {
    const found = await this.client.send(new ListObjectVersionsCommand({ Bucket: this.name, Prefix: key }));
    return (found.Versions ?? []).filter((version) => version.Key === key).length;
  }

  async put(key: string, text: string): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: this.name, Key: key, Body: Buffer.from(text) }));
  }

  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.name, Key: key }));
  }

  async sha256(key: string): Promise<string | undefined> {
    const command = new HeadObjectCommand({ Bucket: this.name, Key: key, ChecksumMode: "ENABLED" });
    return (await this.client.send(command)).ChecksumSHA256;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
