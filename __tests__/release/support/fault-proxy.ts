import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** What happens to a request on its way. */
export type Fault =
  /** The connection is cut in the middle of the upload: the server never sees a whole request. */
  | "cut-upload"
  /** The server does what was asked, and the connection is cut before its answer arrives. */
  | "cut-answer"
  /** The answer stops half-way. */
  | "cut-body"
  /** S3 says to slow down, and does nothing. */
  | "slow-down"
  /** Nothing is ever answered. */
  | "hang"
  /** The request waits for something else to happen first. */
  | { readonly after: Promise<unknown> };

/** A request, as faults choose it. */
export interface Seen {
  readonly method: string;
  /** Path below the bucket. */
  readonly key: string;
  /** How often this method was asked of this key before. */
  readonly before: number;
}

/** Decides what happens to a request; undefined lets it pass. */
export type Faults = (seen: Seen) => Fault | undefined;

/** A way to the S3 server on which things go wrong. */
export class FaultProxy {
  /** Requests so far, such as `PUT etl/current.json`. */
  readonly seen: string[] = [];
  /** Accounts that must own the bucket, as requests said; undefined where one said nothing. */
  readonly owners = new Set<string | undefined>();
  faults: Faults = () => undefined;
  readonly #server: Server;

  private constructor(readonly upstream: string) {
    this.#server = createServer((incoming, answer) => void this.#relay(incoming, answer));
  }

  static async start(upstream: string, faults: Faults = () => undefined): Promise<FaultProxy> {
    const proxy = new FaultProxy(upstream);
    proxy.faults = faults;
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many requests began like this. */
  count(start: string): number {
    return this.seen.filter((line) => line.startsWith(start)).length;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #relay(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = "", url = "" } = incoming;
    const key = decodeURIComponent(url.replace(/^\/[^/?]*\/?/, "").replace(/\?.*$/, ""));
    const line = `${method} ${key}`;
    const before = this.seen.filter((other) => other === line).length;
    this.seen.push(line);
    this.owners.add(incoming.headers["x-amz-expected-bucket-owner"]?.toString());
    const fault = this.faults({ method, key, before });
    if (fault === "hang") return;
    if (fault === "cut-upload") return void incoming.once("data", () => incoming.socket.destroy());
    const body = await buffer(incoming).catch(() => undefined);
    if (body === undefined) return;
    if (fault === "slow-down") return slowDown(answer);
    if (typeof fault === "object") await fault.after;
    const { status, headers, content } = await this.#forward(incoming, body);
    if (fault === "cut-answer") return void incoming.socket.destroy();
    answer.writeHead(status, headers);
    if (fault === "cut-body") {
      answer.write(content.subarray(0, Math.floor(content.length / 2)), () => incoming.socket.destroy());
    } else {
      answer.end(content);
    }
  }

  #forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const onward = request(new URL(url ?? "/", this.upstream), { method, headers }, async (answer) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, content: await buffer(answer) });
      });
      onward.once("error", reject);
      onward.end(body);
    });
  }
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly content: Buffer;
}

function slowDown(answer: ServerResponse): void {
  answer.writeHead(503, { "content-type": "application/xml" });
  answer.end("<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>");
}
