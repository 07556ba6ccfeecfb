import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";

/** What EC2 was asked to do. */
export type Request = Readonly<Record<string, string>>;

/**
 * EC2 on loopback as far as a revocation list needs it, which moto does not know: it takes every request that names an
 * action, and keeps it.
 */
export class Ec2Double {
  readonly requests: Request[] = [];
  /** Refuse what comes. */
  refuses = false;
  private readonly server: Server;

  constructor() {
    this.server = createServer(async (request, response) => {
      const asked = Object.fromEntries(new URLSearchParams(await text(request)));
      this.requests.push(asked);
      response.writeHead(this.refuses ? 403 : 200, { "content-type": "text/xml" });
      response.end(
        this.refuses ? refusal : `<${asked.Action}Response><return>true</return></${asked.Action}Response>`,
      );
    });
  }

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

const refusal =
  "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>not you</Message></Error></Errors></Response>";
