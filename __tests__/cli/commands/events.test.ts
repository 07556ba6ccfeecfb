import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { moveBack, type Queues } from "../../../cli/events/dead-letters";
import { MotoServer } from "../../terraform/moto-server";
import { type Ended, runPlatform } from "../platform-process";

const name = "big-data-dev-arrivals";

/** What S3 says through EventBridge of one object. */
function arrival(number: number): string {
  const key = `raw/orders/run_date=2026-01-31/part-${number}.csv.gz`;
  return JSON.stringify({ source: "aws.s3", detail: { bucket: { name: "lake" }, object: { key } } });
}

describe("events redrive", () => {
  jest.setTimeout(60_000);

  let moto: MotoServer;
  let client: SQSClient;
  let queues: Queues;

  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const connect = (): SQSClient => new SQSClient({ endpoint: moto.url, region: "eu-north-1", credentials });

  const redrive = (...args: string[]): Promise<Ended> =>
    runPlatform(["events", "redrive", "--env", "dev", ...args], moto.environment);

  const fill = async (count: number): Promise<string[]> => {
    const bodies = Array.from({ length: count }, (_, number) => arrival(number));
    for (const MessageBody of bodies)
      await client.send(new SendMessageCommand({ QueueUrl: queues.deadUrl, MessageBody }));
    return bodies.sort();
  };

  /** Takes what is in a queue. */
  const bodiesOf = async (QueueUrl: string): Promise<string[]> => {
    const bodies: string[] = [];
    for (;;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
      );
      if (Messages.length === 0) return bodies.sort();
      bodies.push(...Messages.map(({ Body = "" }) => Body));
    }
  };

  beforeAll(async () => {
    moto = await MotoServer.start();
    client = connect();
  });

  afterAll(async () => {
    client.destroy();
    await moto.stop();
  });

  test("says how to get a queue where there is none", async () => {
    expect(await redrive("--yes")).toEqual({
      code: 1,
      output: `✗ there is no queue ${name} in eu-north-1\n  → set events.enabled in dev.tfvars, then ./platform apply --env dev\n`,
    });
  });

  describe("where events are on", () => {
    beforeAll(async () => {
      const make = async (QueueName: string): Promise<string> =>
        (await client.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? "";
      const [deadName, url] = [`${name}-dead`, await make(name)];
      queues = { client, name, url, deadName, deadUrl: await make(deadName) };
    });

    beforeEach(async () => {
      for (const QueueUrl of [queues.url, queues.deadUrl])
        await client.send(new PurgeQueueCommand({ QueueUrl }));
    });

    test("says so when nothing was set aside", async () => {
      expect(await redrive()).toEqual({ code: 0, output: `${name}-dead: nothing was set aside\n` });
    });

    test("shows what is there, and takes nothing before somebody says yes", async () => {
      const bodies = await fill(2);
      const listed = await redrive("--list");
      expect(listed.code).toBe(0);
      expect(listed.output.split("\n").sort()).toEqual([
        "",
        "  s3://lake/raw/orders/run_date=2026-01-31/part-0.csv.gz",
        "  s3://lake/raw/orders/run_date=2026-01-31/part-1.csv.gz",
        `${name}-dead: about 2 of them, for example`,
      ]);
      const { code, output } = await redrive();
      expect({ code, output }).toEqual({
        code: 1,
        output: expect.stringContaining("✗ there is no terminal to confirm on"),
      });
      expect(await bodiesOf(queues.deadUrl)).toEqual(bodies);
    });

    test("puts every message back as it was, a message of nobody's too", async () => {
      const bodies = [...(await fill(23)), "nonsense"].sort();
      await client.send(new SendMessageCommand({ QueueUrl: queues.deadUrl, MessageBody: "nonsense" }));
      const { code, output } = await redrive("--yes");
      expect(code).toBe(0);
      expect(output).toMatch(new RegExp(`\n24 put back into ${name}\n$`));
      expect(await bodiesOf(queues.url)).toEqual(bodies);
      expect(await bodiesOf(queues.deadUrl)).toEqual([]);
    });

    /** Fails the first request of a kind, and lets everybody see at once what was received. */
    const moveFailing = async (command: string): Promise<void> => {
      const failing = connect();
      const receipts: string[] = [];
      failing.middlewareStack.add(
        (next, context) => async (args) => {
          if (context.commandName === command) throw new Error("the line is dead");
          const answer = await next(args);
          const { Messages = [] } = answer.output as { Messages?: { ReceiptHandle?: string }[] };
          receipts.push(...Messages.map(({ ReceiptHandle = "" }) => ReceiptHandle));
          return answer;
        },
        { step: "initialize" },
      );
      await expect(moveBack({ ...queues, client: failing })).rejects.toThrow("the line is dead");
      expect(receipts).toHaveLength(3);
      for (const ReceiptHandle of receipts)
        await client.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: queues.deadUrl,
            ReceiptHandle,
            VisibilityTimeout: 0,
          }),
        );
    };

    test("a message that cannot be sent stays where it is", async () => {
      const bodies = await fill(3);
      await moveFailing("SendMessageCommand");
      expect(await bodiesOf(queues.url)).toEqual([]);
      expect(await bodiesOf(queues.deadUrl)).toEqual(bodies);
    });

    test("a message that was sent and not deleted is sent again: twice, but never not at all", async () => {
      const bodies = await fill(3);
      await moveFailing("DeleteMessageCommand");
      expect(await moveBack(queues)).toBe(3);
      const arrived = await bodiesOf(queues.url);
      expect(arrived).toHaveLength(4);
      expect([...new Set(arrived)]).toEqual(bodies);
      expect(await bodiesOf(queues.deadUrl)).toEqual([]);
    });
  });
});
