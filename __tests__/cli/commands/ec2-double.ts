import { LoopbackServer } from "../loopback-server";

/** What EC2 was asked to do. */
export type Request = Readonly<Record<string, string>>;

/**
 * EC2 on loopback as far as a revocation list needs it, which moto does not know: it takes every request that names an
 * action, and keeps it.
 */
export class Ec2Double extends LoopbackServer {
  readonly requests: Request[] = [];
  /** Refuse what comes. */
  refuses = false;

  constructor() {
    super((_, content) => {
      const asked = Object.fromEntries(new URLSearchParams(content));
      this.requests.push(asked);
      const accepted = `<${asked.Action}Response><return>true</return></${asked.Action}Response>`;
      const headers = { "content-type": "text/xml" };
      return this.refuses
        ? { status: 403, headers, body: refusal }
        : { status: 200, headers, body: accepted };
    });
  }
}

const refusal =
  "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>not you</Message></Error></Errors></Response>";
