import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const executable = join(__dirname, "..", "..", ".venv", "tools", "bin", "moto_server");

/** AWS on loopback: moto's server on a free port, with made-up credentials for its clients. */
export class MotoServer {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<MotoServer> {
    if (!existsSync(executable)) throw new Error(`${executable} is missing: run \`make install-test\``);
    const port = await freePort();
    const child = spawn(executable, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    const server = new MotoServer(child, `http://127.0.0.1:${port}`);
    process.once("exit", () => child.kill());
    for (let attempt = 0; attempt < 150; attempt++) {
      if (await server.answers()) return server;
      await sleep(200);
    }
    child.kill();
    throw new Error(`${executable} did not answer on ${server.url} within 30 seconds`);
  }

  /** What a process needs in its environment to meet this server instead of AWS. */
  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "eu-north-1",
      AWS_EC2_METADATA_DISABLED: "true",
    };
  }

  async stop(): Promise<void> {
    const ended = once(this.process, "exit");
    this.process.kill();
    await ended;
  }

  private async answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/moto-api/`)).ok;
    } catch {
      return false;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("the listening socket has no port");
  return address.port;
}
