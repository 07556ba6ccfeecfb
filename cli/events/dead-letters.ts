import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { traced } from "../../base/aws-errors";
import { Failure } from "../../base/failure";
import type { EnvironmentConfig } from "../../config";
import { namesOf } from "../../stacks/core/names";

/** The most that SQS hands out at once. */
const BATCH = 10;

/** Seconds: whoever moves a message has it for itself for so long, and longer than moving ten takes. */
const MOVING = 60;

/** Seconds to wait for a message: from 1 on, all of SQS's servers are asked. Source: SQS Developer Guide, "long polling". */
const PATIENCE = 1;

/** The queue of arrivals, and the one for what nobody could work with. */
export interface Queues {
  readonly client: SQSClient;
  readonly name: string;
  readonly url: string;
  readonly deadName: string;
  readonly deadUrl: string;
}

/**
 * Works with the queues of an environment, and closes the connection afterwards.
 * @throws Failure when they are not there
 */
export async function withQueues<Result>(
  config: EnvironmentConfig,
  work: (queues: Queues) => Promise<Result>,
): Promise<Result> {
  const client = traced(new SQSClient({ region: config.region }));
  const name = namesOf(config).arrivals;
  const deadName = `${name}-dead`;
  const urlOf = async (QueueName: string): Promise<string> => {
    const { QueueUrl = "" } = await client.send(new GetQueueUrlCommand({ QueueName }));
    return QueueUrl;
  };
  try {
    const [url, deadUrl] = [await urlOf(name), await urlOf(deadName)];
    return await work({ client, name, url, deadName, deadUrl });
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
    throw new Failure(
      `there is no queue ${name} in ${config.region}`,
      `set events.enabled in ${config.environment}.tfvars, then ./platform apply --env ${config.environment}`,
    );
  } finally {
    client.destroy();
  }
}

/** How many messages wait in the dead-letter queue, about: SQS counts them with some delay. */
export async function countDead({ client, deadUrl }: Queues): Promise<number> {
  const AttributeNames = ["ApproximateNumberOfMessages"] as const;
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: deadUrl, AttributeNames: [...AttributeNames] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}

/** A few of the messages in the dead-letter queue, which stay there for everybody. */
export function peek(queues: Queues): Promise<Message[]> {
  return receive(queues, 0);
}

/**
 * Puts every message of the dead-letter queue back, each sent before it is deleted: whatever fails in between, it is in
 * one of the queues, or in both, and then it is worked with once all the same.
 *
 * @returns how many
 */
export async function moveBack(queues: Queues): Promise<number> {
  for (let moved = 0; ; ) {
    const messages = await receive(queues, MOVING);
    if (messages.length === 0) return moved;
    for (const message of messages) await moveOne(queues, message);
    moved += messages.length;
  }
}

async function moveOne({ client, url, deadUrl }: Queues, message: Message): Promise<void> {
  const { Body: MessageBody = "", MessageAttributes, ReceiptHandle = "" } = message;
  await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody, MessageAttributes }));
  await client.send(new DeleteMessageCommand({ QueueUrl: deadUrl, ReceiptHandle }));
}

async function receive({ client, deadUrl }: Queues, VisibilityTimeout: number): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: deadUrl,
      MaxNumberOfMessages: BATCH,
      MessageAttributeNames: ["All"],
      VisibilityTimeout,
      WaitTimeSeconds: PATIENCE,
    }),
  );
  return Messages;
}
