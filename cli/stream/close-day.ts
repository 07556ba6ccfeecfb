import { Failure } from "../../base/failure";
import { writeTargets } from "../contract/compile";
import { shown } from "../places";
import { requireFree, untilListening } from "../programs/ports";
import { Session } from "../programs/session";
import { closedDays } from "./closed-days";
import { exclusively } from "./exclusively";
import { type Folders, streamedDatasets } from "./folders";
import { prepareStreamJob } from "./job";
import { type Ports, Programs, requireInstalled } from "./programs";
import { Status } from "./status";
import { View } from "./view";

/** Seconds. */
const BROKER_START = 60;

/**
 * Processes what is left of a day and closes it, so that it becomes the input of that day's batch.
 *
 * @throws Failure when the day is still to come, a stream runs in the same folder, or the day cannot be closed
 */
export async function closeDay(folders: Folders, ports: Ports, day: string): Promise<void> {
  requireArrived(day);
  requireInstalled();
  await exclusively(folders, async () => {
    const { broker } = ports;
    await requireFree([
      { number: broker, what: "broker", option: "--broker-port" },
      { number: broker + 1, what: "broker's controller", option: "--broker-port" },
    ]);
    writeTargets("contracts", folders.contracts);
    const programs = new Programs(folders, ports);
    const job = await prepareStreamJob(folders, {
      ...{ bootstrap: programs.bootstrap, datasets: streamedDatasets(folders) },
      close: day,
    });
    const status = new Status();
    const view = new View(status);
    const session = new Session(folders.logs, () => view.say("stopping"));
    try {
      view.say("starting the broker");
      session.start(programs.broker());
      await session.within("the broker does not answer", BROKER_START, (signal) =>
        untilListening(broker, signal),
      );
      view.say(`closing ${day}`);
      await session.run(job, [0], { read: (line) => status.readJob(line) });
    } finally {
      await session.stop();
      view.end();
    }
    console.log(describeClosing(day, status.closedDays, closedDays(folders.lake, streamedDatasets(folders))));
    console.log(`the lake: ${shown(folders.lake)}`);
  });
}

/** What a day's closing has closed, and what is next: nothing was where the day was closed, or began before the stream. */
export function describeClosing(
  day: string,
  closed: Status["closedDays"],
  allClosed: readonly string[],
): string {
  const lines = closed.map((each) => `${each.dataset}: ${each.day} is closed`);
  if (lines.length === 0) lines.push(`no dataset had ${day} open: it was closed before, or has no record`);
  if (allClosed.includes(day))
    lines.push(`\`./platform stream --verify --day ${day}\` compares it with its batch`);
  return lines.join("\n");
}

/** Closing takes every day before with it, and records of a closed day count for the first open one: it cannot be undone. */
export function requireArrived(day: string, now = new Date()): void {
  const today = now.toISOString().slice(0, 10);
  if (day > today)
    throw new Failure(
      `${day} cannot be closed: it is still to come, and every record until then would count for the day after it`,
      `name a day up to ${today}, which is today in UTC`,
    );
}
