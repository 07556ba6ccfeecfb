import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { sha256 } from "../../base/digest";
import { type Content, DirectPut } from "./direct-put";
import { explain, isConflict, isMissing } from "./explain";

/** Which bucket, and whose. */
export interface StoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /**
   * Account that must own the bucket: names of buckets can be taken by anyone.
   * @default not checked
   */
  readonly owner?: string;
}

/** What S3 says of an object when it lists it. */
export interface ListedObject {
  /** In bytes. */
  readonly size: number;
  /** Names this content of the object; no digest of it where a key of KMS encrypts it. */
  readonly tag: string;
}

/** What S3 knows of an object. */
export interface StoredObject {
  readonly tag: string;
  /** In hexadecimal, as S3 computed it when the object was written; undefined when it was written without. */
  readonly sha256: string | undefined;
  readonly modified: Date | undefined;
}

/** A text object and the tag that names this version of it. */
export interface Tagged {
  readonly text: string;
  readonly tag: string;
  readonly metadata: Metadata;
}

/** What an object says about itself besides its content. */
export type Metadata = Readonly<Record<string, string>>;

/** Reading a body is outside the SDK's retries. */
const READS = 3;

/** The artifacts bucket. Every method throws BundleError when S3 refuses or cannot be reached. */
export class ArtifactStore {
  readonly bucket: string;
  readonly #client: S3Client;
  readonly #direct: DirectPut;
  readonly #scope: { readonly Bucket: string; readonly ExpectedBucketOwner?: string };

  constructor({ client, bucket, owner }: StoreOptions) {
    this.bucket = bucket;
    this.#client = client;
    this.#direct = new DirectPut(client);
    this.#scope = { Bucket: bucket, ...(owner === undefined ? {} : { ExpectedBucketOwner: owner }) };
  }

  /** Fails early, and with a clear reason, when the bucket cannot be used. */
  async open(): Promise<void> {
    const command = new HeadBucketCommand(this.#scope);
    this.#direct.learnFrom(command);
    const found = await this.#find("open the bucket", () => this.#client.send(command));
    if (found === undefined) throw explain({ name: "NoSuchBucket" }, this.bucket, "open the bucket");
  }

  /** What S3 knows of an object; undefined when there is none. */
  async head(key: string): Promise<StoredObject | undefined> {
    const command = new HeadObjectCommand({ ...this.#scope, Key: key, ChecksumMode: "ENABLED" });
    const found = await this.#find(`head ${key}`, () => this.#client.send(command));
    if (found === undefined) return undefined;
    const { ChecksumSHA256, LastModified, ETag = "" } = found;
    const digest =
      ChecksumSHA256 === undefined ? undefined : Buffer.from(ChecksumSHA256, "base64").toString("hex");
    return { tag: ETag, sha256: digest, modified: LastModified };
  }

  /** Reads a text object; undefined when there is none. */
  async read(key: string): Promise<Tagged | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#find(`get ${key}`, () => this.#readOnce(key));
      } catch (error) {
        if (attempt === READS) throw error;
      }
    }
  }

  /**
   * Writes an object. S3 compares the content with its SHA-256 before it accepts it.
   *
   * @returns the tag of what was written
   */
  async put(key: string, content: Content): Promise<string> {
    return (await this.#direct.put(key, content)) ?? this.putDescribed(key, content, {});
  }

  /** The same for an object that says something about itself. */
  async putDescribed(key: string, content: Content, metadata: Metadata): Promise<string> {
    const command = this.#putCommand(key, content, { Metadata: metadata });
    const { ETag = "" } = await this.#must(`put ${key}`, () => this.#client.send(command));
    return ETag;
  }

  /**
   * Writes an object only if it is still what was read.
   * Source: Amazon S3 User Guide, "How to prevent object overwrites with conditional writes".
   *
   * @param tag of the version that was read; undefined when there was none
   * @returns false when somebody else wrote it in between
   */
  async replace(key: string, content: Uint8Array, tag: string | undefined): Promise<boolean> {
    const condition = tag === undefined ? { IfNoneMatch: "*" } : { IfMatch: tag };
    return this.#must(`put ${key}`, async () => {
      try {
        await this.#client.send(
          this.#putCommand(key, { bytes: content, sha256: sha256(content) }, condition),
        );
        return true;
      } catch (error) {
        if (isConflict(error) || isMissing(error)) return false;
        throw error;
      }
    });
  }

  /** Copies an object inside the bucket; its SHA-256 is computed anew. */
  async copy(from: string, to: string): Promise<void> {
    const { ExpectedBucketOwner } = this.#scope;
    await this.#must(`copy ${from} to ${to}`, () =>
      this.#client.send(
        new CopyObjectCommand({
          ...this.#scope,
          ...(ExpectedBucketOwner === undefined ? {} : { ExpectedSourceBucketOwner: ExpectedBucketOwner }),
          CopySource: `${this.bucket}/${from.split("/").map(encodeURIComponent).join("/")}`,
          Key: to,
          ChecksumAlgorithm: "SHA256",
        }),
      ),
    );
  }

  async remove(key: string): Promise<void> {
    await this.#must(`delete ${key}`, () =>
      this.#client.send(new DeleteObjectCommand({ ...this.#scope, Key: key })),
    );
  }

  /** What is below a prefix, by key, in order. */
  async list(prefix: string): Promise<Map<string, ListedObject>> {
    const pages = await this.#pages(prefix, undefined);
    const objects = pages.flatMap(({ Contents = [] }) => Contents);
    return new Map(objects.map(({ Key = "", Size = 0, ETag = "" }) => [Key, { size: Size, tag: ETag }]));
  }

  /** Names of the folders directly below a prefix, in order. */
  async folders(prefix: string): Promise<string[]> {
    const pages = await this.#pages(prefix, "/");
    return pages
      .flatMap(({ CommonPrefixes = [] }) => CommonPrefixes)
      .map((folder) => (folder.Prefix ?? "").slice(prefix.length, -1));
  }

  async #readOnce(key: string): Promise<Tagged> {
    const command = new GetObjectCommand({ ...this.#scope, Key: key });
    const { Body, ETag = "", Metadata = {} } = await this.#client.send(command);
    return { text: (await Body?.transformToString("utf-8")) ?? "", tag: ETag, metadata: Metadata };
  }

  #putCommand(key: string, { bytes, sha256 }: Content, more: object): PutObjectCommand {
    const ChecksumSHA256 = Buffer.from(sha256, "hex").toString("base64");
    const checked = { ChecksumAlgorithm: "SHA256", ChecksumSHA256 } as const;
    return new PutObjectCommand({ ...this.#scope, ...more, ...checked, Key: key, Body: bytes });
  }

  async #pages(Prefix: string, Delimiter: string | undefined): Promise<ListObjectsV2CommandOutput[]> {
    const pages: ListObjectsV2CommandOutput[] = [];
    const scope = { ...this.#scope, Prefix, ...(Delimiter === undefined ? {} : { Delimiter }) };
    for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
      const next = token === undefined ? {} : { ContinuationToken: token };
      const command = new ListObjectsV2Command({ ...scope, ...next });
      const page = await this.#must(`list ${Prefix}`, () => this.#client.send(command));
      pages.push(page);
      token = page.NextContinuationToken;
    }
    return pages;
  }

  /** Sends a request about something that may not be there. */
  async #find<Answer>(doing: string, send: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await send();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw explain(error, this.bucket, doing);
    }
  }

  /** Sends a request that has to succeed. */
  async #must<Answer>(doing: string, send: () => Promise<Answer>): Promise<Answer> {
    try {
      return await send();
    } catch (error) {
      throw explain(error, this.bucket, doing);
    }
  }
}
