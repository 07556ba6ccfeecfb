import type { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";

/** Bytes to write, with the SHA-256 that S3 compares them with. */
export interface Content {
  readonly bytes: Uint8Array;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** A request of the SDK, before it is signed. */
interface Request {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a put repeats of the SDK's own request: where it goes, who asks, and whose bucket it must be. */
const REPEATED = ["host", "user-agent", "x-amz-expected-bucket-owner"];

/**
 * Puts of many small objects, each signed and sent once over the SDK's own connections. The SDK takes three times the
 * processor time for one, because it works out from scratch each time where the bucket is and what the command means.
 * Whatever does not succeed here is for the SDK to send again: only it knows how to wait, and what an error says.
 *
 * Source: Amazon S3 API Reference, "PutObject"; AWS IAM User Guide, "Create a signed AWS API request".
 */
export class DirectPut {
  readonly #client: S3Client;
  readonly #signer: SignatureV4;
  #bucket: Request | undefined;

  constructor(client: S3Client) {
    this.#client = client;
    const { credentials, region, sha256 } = client.config;
    const escaping = { uriEscapePath: false, applyChecksum: true };
    this.#signer = new SignatureV4({ service: "s3", credentials, region, sha256, ...escaping });
  }

  /** Learns from a request about the bucket itself, which the SDK is about to send, where its objects are. */
  learnFrom(command: HeadBucketCommand): void {
    command.middlewareStack.add(
      (next) => (args) => {
        this.#bucket = args.request as Request;
        return next(args);
      },
      { step: "finalizeRequest", priority: "high" },
    );
  }

  /** @returns the ETag of what was written; undefined when it was not, or nobody knows */
  async put(key: string, { bytes, sha256 }: Content): Promise<string | undefined> {
    if (this.#bucket === undefined) return undefined;
    try {
      const signed = await this.#signer.sign({
        ...this.#bucket,
        method: "PUT",
        path: `${this.#bucket.path.replace(/\/$/, "")}/${key.split("/").map(escaped).join("/")}`,
        query: {},
        headers: { ...repeated(this.#bucket), ...describe(bytes, sha256) },
      });
      const { response } = await this.#client.config.requestHandler.handle({ ...signed, body: bytes });
      response.body.resume();
      return response.statusCode === 200 ? response.headers.etag : undefined;
    } catch {
      return undefined;
    }
  }
}

/** As signatures want it: all but letters, digits and `-._~`. */
function escaped(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function repeated({ headers }: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => REPEATED.includes(name.toLowerCase())),
  );
}

/** S3 refuses content that is not what these headers say. */
function describe(bytes: Uint8Array, sha256: string): Record<string, string> {
  return {
    "content-length": String(bytes.byteLength),
    "content-type": "application/octet-stream",
    "x-amz-content-sha256": sha256,
    "x-amz-checksum-sha256": Buffer.from(sha256, "hex").toString("base64"),
    "x-amz-sdk-checksum-algorithm": "SHA256",
  };
}
