import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";

/** What a server answers. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An HTTP server on a free port of loopback that answers each request by a function. */
export class LoopbackServer {
  private readonly server: Server;

  constructor(answer: (request: IncomingMessage, body: string) => HttpAnswer) {
    this.server = createServer(async (request, response) => {
      const { status, headers, body } = answer(request, await text(request));
      response.writeHead(status, headers).end(body);
    });
  }

  /** Starts it and returns its URL. */
  async start(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("the listening socket has no port");
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
