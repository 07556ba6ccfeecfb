import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { places } from "../../../cli/places";
import { requireFree, untilListening, untilReady } from "../../../cli/programs/ports";
import { LoopbackServer } from "../loopback-server";

describe("ports of a stream", () => {
  test("that are in use are named, with the option that chooses another one", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    try {
      const asked = requireFree([{ number: port, what: "endpoint", option: "--port" }]);
      await expect(asked).rejects.toMatchObject({
        message: `port ${port} on 127.0.0.1, which the endpoint needs, is in use`,
        remedy: expect.stringMatching(
          new RegExp(`lsof -i :${port}.* choose another port with --port \\(make: PORT=…\\)$`),
        ),
      });
    } finally {
      server.close();
      await once(server, "close");
    }
    await expect(
      requireFree([{ number: port, what: "endpoint", option: "--port" }]),
    ).resolves.toBeUndefined();
  });

  test("that two programs need are named before either starts", async () => {
    const broker = { number: 9092, what: "broker", option: "--broker-port" };
    const endpoint = { number: 9092, what: "endpoint", option: "--port" };
    await expect(requireFree([endpoint, broker])).rejects.toMatchObject({
      message: "port 9092 is needed by the endpoint and by the broker",
      remedy: "choose another one with --port (make: PORT=…), or --broker-port (make: BROKER_PORT=…)",
    });
  });

  test.each([
    ["stream", "./platform stream --events 5 --rate 0 --port 9 --broker-port 8"],
    ["explore", './platform explore --lake "build/lake" --port 9 --search-port 7'],
  ])("are passed on by `make %s`", (target, command) => {
    const variables = ["PORT=9", "BROKER_PORT=8", "SEARCH_PORT=7", "EVENTS=5", "RATE=0"];
    const { stdout } = spawnSync("make", ["-n", target, ...variables], {
      cwd: places.root,
      encoding: "utf8",
    });
    expect(stdout.split("\n").map((line) => line.trim())).toContain(command);
  });

  test("are waited for until something listens, and no longer than asked", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await untilListening(port, AbortSignal.timeout(5_000));
    server.close();
    await once(server, "close");
    await expect(untilListening(port, AbortSignal.timeout(300))).rejects.toThrow();
  });

  test("answer when they are ready", async () => {
    let asked = 0;
    const server = new LoopbackServer(() => {
      asked += 1;
      return { status: asked < 3 ? 503 : 200, headers: {}, body: "" };
    });
    const url = await server.start();
    await untilReady(`${url}/ready`, AbortSignal.timeout(5_000));
    expect(asked).toBe(3);
    await server.stop();
  });
});
