import { Failure } from "../../base/failure";
import type { EnvironmentConfig } from "../../config";
import { exitCodes } from "../../contracts/layout";
import { confirm } from "../confirm";
import { countDead, moveBack, peek, withQueues } from "./dead-letters";

/** What the user asked for. */
export interface RedriveOptions {
  /** Say what is there, and stop. */
  readonly list?: boolean;
  readonly yes?: boolean;
}

/**
 * Puts what nobody could work with back into the queue of arrivals, after a look and a yes.
 * @throws Failure when the user declines, or the environment has no such queue
 */
export function redrive(config: EnvironmentConfig, options: RedriveOptions): Promise<void> {
  const { list = false, yes = false } = options;
  return withQueues(config, async (queues) => {
    const count = await countDead(queues);
    if (count === 0) return console.log(`${queues.deadName}: nothing was set aside`);
    const some = await peek(queues);
    console.log(`${queues.deadName}: about ${count} of them, for example`);
    for (const { Body = "" } of some) console.log(`  ${describe(Body)}`);
    if (list) return;
    if (!(await confirm(`Put them back into ${queues.name}?`, yes)))
      throw new Failure("stopped: you declined; nothing was moved", undefined, exitCodes.interrupted);
    console.log(`${await moveBack(queues)} put back into ${queues.name}`);
  });
}

/** The object that a message is about, or how it begins when it is none of S3's. */
function describe(body: string): string {
  try {
    const { bucket, object } = JSON.parse(body).detail;
    return `s3://${bucket.name}/${object.key}`;
  } catch {
    return body.slice(0, 100);
  }
}
